from knowledge.readers.lines import read_lines
from knowledge.source import Block, Role


def table_rows(text: str) -> list[Block]:
    return [block for block in read_lines(text).blocks if block.role is Role.ROW]


def cells(text: str) -> list[list[str]]:
    return [["/".join(cell) for cell in block.cells] for block in table_rows(text)]


def test_lines_parted_by_tabs_are_a_table() -> None:
    assert cells("名称\t2020年\n藏量\t1.53\n到馆\t——\n\n正文\t。") == [
        ["名称", "2020年"], ["藏量", "1.53"], ["到馆", "——"]
    ]  # fmt: skip


def test_a_row_of_a_form_may_be_filled_in_one_cell() -> None:
    assert cells("负责人\t\t电话\t\n\t\t\t手机") == [
        ["负责人", "", "电话", ""], ["", "", "", "手机"]
    ]  # fmt: skip


def test_a_header_with_empty_rows_is_a_table() -> None:
    assert cells("姓名\t性别\t电话\n\t\t\n") == [["姓名", "性别", "电话"]]


def test_a_number_and_its_text_parted_by_a_tab_are_no_row() -> None:
    assert table_rows("1.\t按时还书\n2.\t保持安静") == []


def test_an_indented_line_is_no_row() -> None:
    assert table_rows("\t\t图书馆应当免费开放。\n\t\t应当公告开放时间。") == []


def test_bars_part_the_cells_of_markdown() -> None:
    blocks = table_rows("| 甲 | 乙 | 丙 |\n|---|:-:|--:|\n| 一 \\| 二 | `三` | |\n")
    assert [["/".join(cell) for cell in block.cells] for block in blocks] == [
        ["甲", "乙", "丙"], ["一 | 二", "三", ""]
    ]  # fmt: skip
    assert [block.is_header for block in blocks] == [True, False]


def test_bars_need_no_frame_above_a_rule() -> None:
    assert cells("甲 | 乙\n--- | ---\n一 | 二\n") == [["甲", "乙"], ["一", "二"]]


def test_a_line_with_a_bar_in_it_is_a_line() -> None:
    assert table_rows("输入 a | b 检索。") == []


def test_the_items_in_a_cell_are_its_parts_and_their_tags_are_reported() -> None:
    source = read_lines("成果\t指标\n认可\t<ul> • 次数 • 质量\n影响\t<p>一</p><p>二</p>")
    rows = [block for block in source.blocks if block.role is Role.ROW]
    assert rows[1].cells == (("认可",), ("次数", "质量"))
    assert rows[2].cells == (("影响",), ("一", "二"))
    assert rows[1].text == "认可 | 次数；质量"
    assert {drop.rule for drop in source.drops} == {"tag"}


def test_a_table_of_tags_has_header_rows_and_merged_cells() -> None:
    text = (
        "<table><tr><th>类别</th><th>项目</th><th>价格</th></tr>\n"
        "<tr><td rowspan='2'>复制</td><td>A4</td><td>0.2</td></tr>\n"
        "<tr><td>A3<td>0.4\n<tr><td colspan=3>节假日<br>照常</td></tr></table>"
    )
    blocks = table_rows(text)
    assert [["/".join(cell) for cell in block.cells] for block in blocks] == [
        ["类别", "项目", "价格"],
        ["复制", "A4", "0.2"],
        ["复制", "A3", "0.4"],
        ["节假日/照常", "", ""],
    ]
    assert [block.is_header for block in blocks] == [True, False, False, False]
    # What reaches down from above is no letter of the row itself.
    assert blocks[2].text == "A3 | 0.4"


def test_a_table_inside_a_cell_is_part_of_it() -> None:
    text = "<table><tr><td>甲<table><tr><td>乙</td></tr></table>丙</td><td>丁</td></tr></table>"
    assert cells(text) == [["甲/乙/丙", "丁"]]


def test_what_stands_around_a_table_is_kept() -> None:
    source = read_lines("前<table><caption>题</caption><tr><td>甲</td></tr></table>后\n完")
    assert [(block.role.value, block.text) for block in source.blocks] == [
        ("text", "前"), ("text", "题"), ("row", "甲"), ("text", "后"), ("text", "完")
    ]  # fmt: skip


def test_a_table_that_never_ends_is_read_as_lines() -> None:
    assert [block.text for block in read_lines("<table>\n<tr><td>甲</td>\n").blocks] == ["甲"]
