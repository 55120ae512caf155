from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from foundation.errors import UnreadableDocument
from knowledge.readers.cell_text import shown as shown_value
from knowledge.readers.sheet import read_sheet


def saved(workbook: Workbook) -> bytes:
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def filled(rows, *, merged=()) -> Workbook:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    for area in merged:
        workbook.active.merge_cells(area)
    return workbook


def test_titles_above_a_table_and_notes_under_it_are_text(shown):
    workbook = filled(
        [
            ["主要发展指标", None, None],
            [None, None, "单位：万册"],
            ["指标", "2020年", "2025年"],
            ["文献藏量", 9500.0, 12000],
            ["注：数据来自年报。", None, None],
        ],
        merged=["A1:C1", "A5:C5"],
    )

    assert shown(read_sheet(saved(workbook))) == [
        "text 主要发展指标",
        "text 单位：万册",
        "row! 指标 | 2020年 | 2025年",
        "row 文献藏量 | 9500 | 12000",
        "text 注：数据来自年报。",
    ]


def test_merged_headers_are_said_over_each_column_and_merged_values_in_each_row(shown):
    workbook = filled(
        [
            ["类别", "指标", "目标值", None],
            [None, None, "2020年", "2025年"],
            ["资源", "藏书", 0.9, 1.2],
            [None, "数据库", 30, 40],
        ],
        merged=["A1:A2", "B1:B2", "C1:D1", "A3:A4"],
    )

    assert shown(read_sheet(saved(workbook))) == [
        "row! 类别 | 指标 | 目标值 2020年 | 目标值 2025年",
        "row 资源 | 藏书 | 0.9 | 1.2",
        "row 资源 | 数据库 | 30 | 40",
    ]


def test_empty_rows_and_wide_gaps_part_tables():
    workbook = filled(
        [
            ["姓名", "部门", None, None, None, "项目", "金额"],
            ["张三", "采编部", None, None, None, "设备", 100],
            [],
            ["地区", "数量"],
            ["杭州", 3],
        ]
    )

    source = read_sheet(saved(workbook))

    assert [(block.table, block.text) for block in source.blocks] == [
        (0, "姓名 | 部门"), (0, "张三 | 采编部"),
        (1, "项目 | 金额"), (1, "设备 | 100"),
        (2, "地区 | 数量"), (2, "杭州 | 3"),
    ]  # fmt: skip


def test_each_sheet_is_a_section_and_hidden_ones_are_reported(shown):
    workbook = filled([["第一条 各馆填报。"], ["第二条 每年一次。"]])
    workbook.active.title = "填报说明"
    workbook.create_sheet("名单")["A1"] = "杭州图书馆"
    hidden = workbook.create_sheet("草稿")
    hidden["A1"], hidden.sheet_state = "不看", "hidden"
    workbook.create_sheet("空表")

    source = read_sheet(saved(workbook))

    assert shown(source) == [
        "heading1 填报说明", "text 第一条 各馆填报。", "text 第二条 每年一次。",
        "heading1 名单", "text 杭州图书馆",
    ]  # fmt: skip
    assert source.warnings == ("The hidden sheet “草稿” was left out.",)


def test_a_header_in_bold_is_known_among_words_alone():
    workbook = filled([["城市", "馆长"], ["杭州", "张三"], ["宁波", "李四"]])
    for cell in workbook.active[1]:
        cell.font = Font(bold=True)

    source = read_sheet(saved(workbook))

    assert [block.is_header for block in source.blocks] == [True, False, False]


def test_formulas_without_saved_values_are_reported(shown):
    workbook = filled([["项目", "金额"], ["合计", "=SUM(B3:B4)"], ["设备", 1]])

    source = read_sheet(saved(workbook))

    assert shown(source) == ["row! 项目 | 金额", "row 合计", "row 设备 | 1"]
    assert source.warnings == (
        "Formulas saved without a value: 1. Open the file in Excel and save it again.",
    )


def test_a_workbook_without_values_is_refused():
    with pytest.raises(UnreadableDocument, match="no visible values"):
        read_sheet(saved(Workbook()))


def test_a_cell_at_the_far_corner_costs_nothing(shown):
    workbook = filled([["近处"]])
    workbook.active["XFD1048576"] = "远处"
    workbook.active.merged_cells.add("A1:XFD1048575")

    assert shown(read_sheet(saved(workbook))) == ["text 近处", "text 远处"]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "100000000000000000000"),
        (0.125, "0%", "13%"),
        (0.1255, "0.00%", "12.55%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-1234.5, "#,##0_);(#,##0)", "(1,235)"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (5, '0"万册"', "5万册"),
        (12345678, '#,##0,,"百万"', "12百万"),
        (99.5, "[$¥-804]#,##0.00", "¥99.50"),
        (7, "000", "007"),
        (1234.5, "#,##0.##", "1,234.5"),
        (-0.001, "0.00", "0.00"),
        (0.5, "# ?/?", "0.5"),
        (13800138000, "000-0000-0000", "13800138000"),
        (True, "General", "TRUE"),
        (datetime(2021, 5, 7), "yyyy/m/d", "2021-05-07"),  # noqa: DTZ001
        (datetime(2021, 5, 7, 9, 30), "yyyy/m/d h:mm", "2021-05-07 09:30"),  # noqa: DTZ001
        (date(2021, 5, 1), 'yyyy"年"m"月"', "2021-05"),
        (time(9, 30), "h:mm", "09:30"),
        (timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
    ],
)
def test_values_are_written_as_people_see_them(value, number_format, text):
    assert shown_value(value, number_format) == text
