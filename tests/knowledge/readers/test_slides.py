from io import BytesIO

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.util import Inches

from foundation.errors import UnreadableDocument
from knowledge.readers.slides import read_slides

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def saved(deck) -> bytes:
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


def add_box(shapes, text, left, top, width=2.5, height=0.5):
    box = shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    box.text_frame.text = text
    return box


def test_a_slide_is_a_page_with_its_title_its_bullets_and_its_notes(shown):
    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "阅读推广人培训", "第一讲"
    second = deck.slides.add_slide(deck.slide_layouts[1])
    second.shapes.title.text = "总体要求"
    frame = second.placeholders[1].text_frame
    frame.text = "坚持公益"
    deeper = frame.add_paragraph()
    deeper.text, deeper.level = "免费开放", 1
    second.notes_slide.notes_text_frame.text = "讲者提示。"

    source = read_slides(saved(deck))

    assert source.title == "阅读推广人培训"
    assert source.pages == 2
    assert shown(source) == [
        "heading2 阅读推广人培训", "text 第一讲",
        "heading2 总体要求", "item1 坚持公益", "item2 免费开放", "text 讲者提示。",
    ]  # fmt: skip
    assert [block.page for block in source.blocks] == [1, 1, 2, 2, 2, 2]


def test_paragraphs_without_bullets_are_text_and_numbers_are_written(shown):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    frame = slide.placeholders[1].text_frame
    marks = (
        f"<a:buNone {_A}/>",
        f'<a:buAutoNum {_A} type="ea1ChsPeriod"/>',
        f'<a:buAutoNum {_A} type="ea1ChsPeriod"/>',
        f'<a:buAutoNum {_A} type="arabicParenBoth" startAt="3"/>',
    )
    for number, mark in enumerate(marks):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = "文字"
        paragraph.level = 1 if number == 3 else 0
        paragraph._p.get_or_add_pPr().append(parse_xml(mark))

    assert shown(read_slides(saved(deck))) == [
        "text 文字", "item1 一. 文字", "item1 二. 文字", "item2 (3) 文字",
    ]  # fmt: skip


def test_boxes_are_read_from_the_top_and_cards_one_after_the_other(shown):
    deck = Presentation()
    shapes = deck.slides.add_slide(deck.slide_layouts[6]).shapes
    add_box(shapes, "页底", 0.5, 6, 8)
    for card in (3, 1, 2):
        add_box(shapes, f"卡片{card}正文", 3 * card - 2, 2, height=2)
        add_box(shapes, f"卡片{card}", 3 * card - 2, 1.2)
    add_box(shapes, "页首", 0.5, 0.2, 8)

    assert shown(read_slides(saved(deck))) == [
        "text 页首", "text 卡片1", "text 卡片1正文", "text 卡片2", "text 卡片2正文",
        "text 卡片3", "text 卡片3正文", "text 页底",
    ]  # fmt: skip


def test_groups_tables_and_charts_are_read(shown):
    deck = Presentation()
    shapes = deck.slides.add_slide(deck.slide_layouts[6]).shapes
    add_box(shapes.add_group_shape().shapes, "组内", 1, 0.2)
    table = shapes.add_table(3, 3, Inches(1), Inches(1), Inches(6), Inches(2)).table
    for place, text in enumerate(
        ("指标", "2020年", "2025年", "藏书", "0.9", "1.2", "读者", "", "200")
    ):
        table.cell(*divmod(place, 3)).text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    data = CategoryChartData(number_format="0.0%")
    data.categories = ["2020年", "2021年"]
    data.add_series("持证率", (0.25, 0.5))
    shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(4), Inches(2), data
    )

    assert shown(read_slides(saved(deck))) == [
        "text 组内",
        "row! 指标 | 2020年 | 2025年", "row 藏书 | 0.9 | 1.2", "row 读者 | 0.9 | 200",
        "row! 持证率", "row 2020年 | 25.0%", "row 2021年 | 50.0%",
    ]  # fmt: skip


def test_hidden_slides_are_left_out_and_reported(shown):
    deck = Presentation()
    for text in ("看得见", "看不见"):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = text
    slide._element.set("show", "0")

    source = read_slides(saved(deck))

    assert shown(source) == ["heading2 看得见"]
    assert source.warnings == ("Hidden slides were left out: 2.",)


def test_slides_without_text_are_refused():
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])

    with pytest.raises(UnreadableDocument, match="only pictures"):
        read_slides(saved(deck))
