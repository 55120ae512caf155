from knowledge.document import Kind, Reading
from knowledge.readers.lines import read_lines
from knowledge.source import Role, SourceBuilder
from knowledge.structure.understanding import understand
from tests.outline import rows


def read(text: str) -> Reading:
    return understand(read_lines(text), "name")


def notes_of(reading: Reading, beginning: str) -> list[str]:
    passage = next(p for p in reading.passages if p.text.startswith(beginning))
    return [reading.passages[note].text for note in passage.notes]


def test_a_header_is_known_by_numbers_beneath_it() -> None:
    table = read("指标\n\n名称\t2020年\t2025年\n藏量\t1.53\t1.82\n到馆\t——\t2.5").tables[0]
    assert table.header == ("名称", "2020年", "2025年")
    assert len(table.rows) == 2


def test_years_alone_and_an_empty_corner_may_be_a_header() -> None:
    assert read("\t2020\t2025\n藏量\t1.53\t1.82\n到馆\t2\t2.5").tables[0].header == (
        "", "2020", "2025"
    )  # fmt: skip


def test_a_form_has_no_header() -> None:
    assert read("单位\t\t邮编\t\n电话\t123\t传真\t456").tables[0].header == ()


def test_a_table_cut_by_a_page_goes_on_and_its_header_is_not_said_twice() -> None:
    builder = SourceBuilder()
    builder.add(Role.TEXT, "收费标准", page=1)
    header = (("项目",), ("价格",))
    for page in (1, 2):
        table = builder.open_table()
        builder.add_row(table, header, page=page)
        builder.add_row(table, ((f"复印{page}",), ("0.20",)), page=page)
    builder.add(Role.TEXT, "以上收费自公布之日起执行。", page=2)
    reading = understand(builder.build(), "name")
    assert len(reading.tables) == 1
    assert rows(reading, 0) == [["复印1", "0.20"], ["复印2", "0.20"]]
    assert [drop.rule for drop in reading.drops] == ["repeated header"]


def test_another_table_on_the_next_page_is_another() -> None:
    builder = SourceBuilder()
    for page, header in ((1, "项目"), (2, "场地")):
        table = builder.open_table()
        builder.add_row(table, ((header,), ("价格",)), page=page)
        builder.add_row(table, (("甲",), ("0.20",)), page=page)
    assert len(understand(builder.build(), "name").tables) == 2


def test_marks_in_cells_call_the_notes_under_the_table() -> None:
    reading = read(
        "指标\t2020年\n藏量<sup>1,2</sup>\t1.53\n到馆<sup>②</sup>\t2\n\n"
        "说明：\n1. 含电子书。\n2. 以常住人口为基数。\n\n其他事项见附件。"
    )
    assert notes_of(reading, "藏量") == ["1. 含电子书。", "2. 以常住人口为基数。"]
    assert notes_of(reading, "到馆") == ["2. 以常住人口为基数。"]
    assert reading.passages[-1].kind is Kind.PARAGRAPH


def test_the_same_mark_in_two_chapters_calls_the_note_of_its_own() -> None:
    reading = read("甲<sup>1</sup>文。\n\n[1] 甲注。\n\n乙<sup>1</sup>文。\n\n[1] 乙注。")
    assert notes_of(reading, "甲文") == ["[1] 甲注。"]
    assert notes_of(reading, "乙文") == ["[1] 乙注。"]


def test_a_footnote_of_markdown_is_called_by_its_name() -> None:
    reading = read("年均阅读六本[^survey]。\n\n[^survey]: 2024年调查。")
    assert notes_of(reading, "年均阅读六本。") == ["2024年调查。"]


def test_numbered_lines_that_nothing_calls_are_items() -> None:
    reading = read("说明：\n1. 请按时还书。\n2. 请保持安静。")
    assert [passage.kind.value for passage in reading.passages[1:]] == ["item", "item"]


def test_a_remark_under_a_table_is_its_note() -> None:
    reading = read("项目\t价格\n复印\t0.20\n注：公益活动免费。\n备注：节假日照常。")
    assert [reading.passages[note].text for note in reading.tables[0].notes] == [
        "注：公益活动免费。", "备注：节假日照常。"
    ]  # fmt: skip
