from hypothesis import given
from hypothesis import strategies as st

from knowledge.document import Span
from knowledge.structure.placing import Places
from knowledge.structure.splitting import LONGEST, sentences, split
from knowledge.structure.writing import width_of


def pieces(text: str) -> list[tuple[str, bool]]:
    found = split(text, Span(0, len(text)), Places(text, ()))
    return [(piece.text, piece.is_item) for piece in found]


def test_sentences_end_behind_their_quotation_marks_and_citations() -> None:
    assert sentences("他说：“开馆了。”读者来了。积极影响［1］。又如……”。完") == [
        "他说：“开馆了。”", "读者来了。", "积极影响［1］。", "又如……”。", "完"
    ]  # fmt: skip


def test_a_straight_quotation_mark_opens_the_sentence_that_it_stands_before() -> None:
    assert sentences('馆长说:"好。"读者走了。"再见。"') == [
        '馆长说:"好。"',
        "读者走了。",
        '"再见。"',
    ]


def test_english_sentences_end_before_a_capital() -> None:
    assert sentences("It is 3.5 percent. The rest is U.S. aid. Done.") == [
        "It is 3.5 percent.", " The rest is U.S. aid.", " Done."
    ]  # fmt: skip


@given(st.text())
def test_sentences_joined_are_the_text_again(text: str) -> None:
    assert "".join(sentences(text)) == text


def test_a_paragraph_that_counts_its_parts_is_a_lead_in_and_items() -> None:
    assert pieces(
        "具体来说: (1) 从目标来看，一致。(2) 从实施来看(3)处，也一致。(3) 从评估来看。"
    ) == [
        ("具体来说:", False),
        ("(1) 从目标来看，一致。", True),
        ("(2) 从实施来看(3)处，也一致。", True),
        ("(3) 从评估来看。", True),
    ]


def test_chinese_numbers_count_as_well_and_references_do_not() -> None:
    assert pieces("应当遵守下列规定：（一）保持安静；（二）见第（一）项；（三）爱护图书。") == [
        ("应当遵守下列规定：", False),
        ("（一）保持安静；", True),
        ("（二）见第（一）项；", True),
        ("（三）爱护图书。", True),
    ]


def test_bare_numbers_count_only_with_a_second_one() -> None:
    assert [text for text, _ in pieces("问题：1、经费不足；2、人员老化；3、设备陈旧。")] == [
        "问题：", "1、经费不足；", "2、人员老化；", "3、设备陈旧。"
    ]  # fmt: skip
    assert len(pieces("附件：1. 申请表")) == 1


def test_long_paragraphs_are_cut_between_sentences() -> None:
    found = pieces("图书馆应当免费向社会公众开放公共空间设施场地。" * 40)
    assert len(found) > 1
    assert all(text.endswith("。") and width_of(text) <= LONGEST for text, _ in found)


def test_an_english_paragraph_of_usual_length_stays_whole() -> None:
    assert len(pieces("The library is open to all people of the town. " * 18)) == 1


def test_a_sentence_without_an_end_is_cut_at_commas_then_spaces_then_anywhere() -> None:
    commas = pieces("图书馆服务读者，" * 200)
    words = pieces("library " * 400)
    letters = pieces("馆" * 50_000)
    assert all(text.endswith("，") for text, _ in commas)
    assert all(not text.startswith("ibrary") for text, _ in words)
    assert {len(text) for text, _ in letters[:-1]} == {500}
    assert all(width_of(text) <= LONGEST for text, _ in [*commas, *words, *letters])
