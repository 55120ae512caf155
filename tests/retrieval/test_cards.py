from bot.wiring import App
from knowledge.document import Kind, Passage, Reading, Section, Span
from retrieval.cards import Card, Places, as_written, check_cards, load_cards


def _reading(*texts: str) -> Reading:
    passages = tuple(Passage(Kind.PARAGRAPH, t, Span(0, 0), 0) for t in texts)
    return Reading("".join(texts), "t", (Section("t", 0, None),), passages)


def test_every_shipped_card_stands_in_its_document(app: App) -> None:
    library = app.library
    readings = {record.id: library.reading(key) for key, record in library.records.items()}

    assert check_cards(load_cards(), readings) == []


def test_every_section_with_text_of_a_founding_document_has_a_card(app: App) -> None:
    library = app.library
    cards: dict[str, set[int]] = {}
    for placed in app.answering.searching.cards.placed:
        reading = library.reading(placed.version)
        sections = {reading.passages[a.passage].section for a in placed.anchors}
        cards.setdefault(placed.version, set()).update(sections)
    for version in library.records:
        reading = library.reading(version)
        told = {p.section for p in reading.passages if p.kind is not Kind.HEADING and p.section}
        assert told <= cards[version], [reading.path(s) for s in told - cards[version]]


def test_a_quote_is_found_by_its_letters_and_given_as_the_document_writes_it() -> None:
    places = Places(_reading("到 2025 年，全省建成“分馆”1200家（含城市书房）。其余不变。"))

    (anchor,) = places.anchors("全省建成分馆1200家")

    assert anchor.quote == "全省建成“分馆”1200家"


def test_a_quote_over_two_passages_is_given_as_both() -> None:
    places = Places(_reading("建立合作机制，促进馆际合作与资源共享。", "完善服务体系功能。"))

    anchors = places.anchors("促进馆际合作与资源共享。完善服务体系功能。")

    assert [a.passage for a in anchors] == [0, 1]


def test_a_wrong_card_is_told_with_its_place() -> None:
    card = Card("d", "一、总则", ("没有这句话",), ("问题一？",))

    (problem,) = check_cards([card], {"d": _reading("别的话。")})

    assert "一、总则" in problem
    assert "没有这句话" in problem


def test_a_question_asked_by_two_cards_is_a_problem() -> None:
    cards = [Card("d", s, ("别的话",), ("同一个问题？",)) for s in ("甲", "乙")]

    assert any("同一个问题" in p for p in check_cards(cards, {"d": _reading("别的话。")}))


def test_a_percent_sign_belongs_to_its_number() -> None:
    assert as_written("增长2690%，其余不变", "增长2690") == "增长2690%"
