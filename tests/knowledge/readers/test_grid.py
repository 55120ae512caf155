from knowledge.readers.grid import Cell, write_table
from knowledge.source import SourceBuilder


def written(*rows) -> list[tuple[bool, str]]:
    builder = SourceBuilder()
    write_table(builder, [[_cell(cell) for cell in row] for row in rows])
    return [(block.is_header, block.text) for block in builder.build().blocks]


def _cell(cell) -> Cell:
    return cell if isinstance(cell, Cell) else Cell((cell,) if cell else ())


def test_a_first_row_of_labels_over_numbers_is_the_header():
    assert written(["甲", "乙", "丙"], ["一", "1", "2"])[0] == (True, "甲 | 乙 | 丙")


def test_a_first_row_of_values_or_sentences_is_no_header():
    assert written(["一", "1", "2"], ["二", "3", "4"])[0][0] is False
    assert written(["名称", "是一句话。"], ["指标", "又一句。"])[0][0] is False


def test_labels_in_every_other_column_are_a_form():
    rows = (["单位名称", "杭州馆", "联系电话", "0571"], ["地点", "某路", "姓名", "张三"])

    assert not any(is_header for is_header, _ in written(*rows))


def test_a_row_over_the_whole_width_is_a_caption_above_and_a_group_inside():
    rows = written(
        [Cell(("表1",), columns=3)],
        ["序号", "名称", "数量"],
        [Cell(("资源",), columns=3)],
        ["1", "藏书", "9"],
        [Cell(("注：截至年底。",), columns=3)],
    )

    assert rows == [
        (False, "表1"), (True, "序号 | 名称 | 数量"), (False, "资源"), (False, "1 | 藏书 | 9"),
        (False, "注：截至年底。"),
    ]  # fmt: skip


def test_columns_that_only_spacing_and_crooked_lines_make_are_left_out():
    builder = SourceBuilder()
    write_table(
        builder,
        [
            [Cell(("甲",), columns=2), Cell(), Cell(("乙",))],
            [Cell(("1",)), Cell((), columns=2), Cell(("2",))],
        ],
    )

    assert [block.cells for block in builder.build().blocks] == [
        (("甲",), ("乙",)),
        (("1",), ("2",)),
    ]


def test_an_empty_table_writes_nothing():
    assert written([], ["", ""]) == []


def test_marks_of_any_cell_are_the_marks_of_its_row():
    builder = SourceBuilder()
    marked = Cell(("藏书",), marks=("1",))
    write_table(builder, [[Cell(("名称",)), Cell(("数量",))], [marked, Cell(("9",), marks=("2",))]])

    assert builder.build().blocks[1].marks == ("1", "2")
