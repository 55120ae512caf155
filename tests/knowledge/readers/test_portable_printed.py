"""What LibreOffice prints of Word documents, read back: the layouts that libraries really send."""

from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from knowledge.layout.characters import plain
from knowledge.readers.portable import read_pdf
from knowledge.source import Role, Source
from tests.pdf_making import chinese_font, printed

pytestmark = pytest.mark.slow

FONT = "Noto Sans CJK SC"
BODY = (
    "“十三五”以来，全省公共图书馆深入贯彻落实各项决策部署，坚持以人民为中心的发展思想，不断完善服务体系，"
    "提升服务效能。截至2020年底，全省共有公共图书馆103个，馆藏总量达到9,876.5万册（件），人均藏书1.53册。"
)
CITED = (
    "学习型城市是指能够有效动员各类资源，促进从基础教育到高等教育的全纳学习，激发家庭和社区学习活力，为工作场所"
    "学习提供便利，并在全社会培育终身学习文化的城市。"
)


class Writer:
    """A Word document in the manner of Chinese offices."""

    def __init__(self, margin: float) -> None:
        chinese_font()
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(margin)

    def add(self, text: str, size: float = 12, *, bold: bool = False, indent: int = 2,
            middle: bool = False) -> Any:  # fmt: skip
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.first_line_indent, form.space_after = Pt(size * indent), Pt(0)
        form.line_spacing = 1.4
        justify, centre = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.CENTER
        paragraph.alignment = centre if middle else justify
        self.run(paragraph, text, size, bold=bold)
        return paragraph

    def run(self, paragraph: Any, text: str, size: float, *, bold: bool = False) -> Any:
        run = paragraph.add_run(text)
        run.font.name, run.font.size, run.bold = FONT, Pt(size), bold
        run._element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), FONT)
        return run

    def head(self, text: str) -> None:
        self.run(self.document.sections[0].header.paragraphs[0], text, 9)

    def count_pages(self) -> None:
        foot = self.document.sections[0].footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run("— ")
        for kind in ("begin", "PAGE", "end"):
            run = foot.add_run()
            element = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
            if kind == "PAGE":
                element.text = kind
            else:
                element.set(qn("w:fldCharType"), kind)
            run._element.append(element)
        foot.add_run(" —")

    def table(self, rows: list[tuple[str, ...]]) -> None:
        table = self.document.add_table(rows=0, cols=len(rows[0]))
        table.style = "Table Grid"
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                self.run(cell.paragraphs[0], text, 10.5)
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)

    def columns(self) -> None:
        section = self.document.add_section(WD_SECTION.CONTINUOUS)
        columns = section._sectPr.xpath("./w:cols")[0]
        columns.set(qn("w:num"), "2")
        columns.set(qn("w:space"), "425")

    def printed(self, folder: Path) -> bytes:
        self.document.save(str(folder / "document.docx"))
        return printed(folder / "document.docx")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    writer = Writer(2.8)
    writer.head("浙江省公共图书馆事业发展规划")
    writer.count_pages()
    writer.add("浙江省公共图书馆事业发展规划", 22, bold=True, middle=True, indent=0)
    writer.add("（2021—2025年）", 16, middle=True, indent=0)
    writer.document.add_page_break()
    writer.add("目　录", 18, bold=True, middle=True, indent=0)
    for title, page in (("一、发展基础", 3), ("二、主要指标", 4)):
        writer.add(f"{title}{'.' * 60}{page}", indent=0)
    writer.document.add_page_break()
    writer.add("一、发展基础", 16, bold=True)
    for number in range(12):
        writer.add(f"第{number}段。{BODY}")
    writer.add("二、主要指标", 16, bold=True)
    writer.add("表1　主要发展指标", middle=True, indent=0)
    rows = [
        (str(n), f"指标第{n}项，用来说明较长的文字会在单元格里折行", f"{n / 10:.2f}")
        for n in range(1, 40)
    ]
    writer.table([("序号", "指标名称", "2025年"), *rows])
    writer.add("注：按常住人口计算。")
    return writer.printed(tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    writer = Writer(2)
    writer.head("图书馆杂志　2021年第3期")
    writer.add("学习型城市与公共图书馆：国际经验与启示", 18, bold=True, middle=True, indent=0)
    writer.add("王小明　李　华", 12, middle=True, indent=0)
    writer.add(f"摘　要：{CITED}本文梳理其发展历程，供业界参考。", 9)
    writer.columns()
    for number, title in enumerate(("引言", "全球网络", "图书馆的角色", "结论"), 1):
        writer.add(f"{number}　{title}", 12, bold=True, indent=0)
        for part in range(4):
            paragraph = writer.add(f"第{number}之{part}段。{CITED}", 10.5)
            writer.run(paragraph, f"[{number}]", 10.5).font.superscript = True
            writer.run(paragraph, f"在此背景下，建筑面积达到5000平方米。{CITED}", 10.5)
    return writer.printed(tmp_path_factory.mktemp("paper"))


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if block.role is Role.TEXT]


def letters(text: str) -> Counter[str]:
    return Counter(
        letter for letter in plain(text) if not letter.isspace() and letter.isprintable()
    )


def test_the_plan_is_read_without_its_furniture(plan: bytes) -> None:
    source = read_pdf(plan)

    rules = Counter(block.rule for block in source.blocks if block.rule)
    assert source.pages
    assert rules["running head"] == rules["page number"] == source.pages
    assert source.title == "浙江省公共图书馆事业发展规划"


def test_the_plan_keeps_each_paragraph_whole_across_pages(plan: bytes) -> None:
    paragraphs = [text for text in texts(read_pdf(plan)) if "十三五" in text]

    assert paragraphs == [f"第{number}段。{BODY}" for number in range(12)]


def test_the_plan_has_its_headings_in_rank(plan: bytes) -> None:
    headings = [(b.level, b.text) for b in read_pdf(plan).blocks if b.role is Role.HEADING]

    assert headings[0] == (1, "浙江省公共图书馆事业发展规划")
    assert [text for level, text in headings if level == headings[-1][0]] == [
        "一、发展基础", "二、主要指标",
    ]  # fmt: skip


def test_the_plan_has_one_table_over_its_pages(plan: bytes) -> None:
    source = read_pdf(plan)

    rows = [block for block in source.blocks if block.role is Role.ROW]
    assert {row.table for row in rows} == {0}
    assert [row.text for row in rows] == [
        "序号 | 指标名称 | 2025年",
        *(
            f"{n} | 指标第{n}项，用来说明较长的文字会在单元格里折行 | {n / 10:.2f}"
            for n in range(1, 40)
        ),
    ]
    assert rows[0].is_header
    assert rows[-1].page == source.pages
    assert "repeated header" in {block.rule for block in source.blocks}


def test_the_paper_is_read_column_by_column(paper: bytes) -> None:
    text = read_pdf(paper).text

    order = [text.index(f"第{number}之{part}段") for number in range(1, 5) for part in range(4)]
    assert order == sorted(order)


def test_the_paper_keeps_paragraphs_whole_across_columns(paper: bytes) -> None:
    source = read_pdf(paper)

    found = [(b.text, b.marks) for b in source.blocks if "之" in b.text and b.role is Role.TEXT]
    assert found == [
        (
            f"第{number}之{part}段。{CITED}在此背景下，建筑面积达到5000平方米。{CITED}",
            (str(number),),
        )
        for number in range(1, 5)
        for part in range(4)
    ]


@pytest.mark.parametrize("name", ["plan", "paper"])
def test_no_letter_is_lost_or_doubled(name: str, request: pytest.FixtureRequest) -> None:
    data: bytes = request.getfixturevalue(name)
    document = pdfium.PdfDocument(data)
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()

    source = read_pdf(data)

    # The table rows of the reader's own text are parted by bars.
    read = letters(source.text.replace(" | ", " "))
    marks = letters("".join(f"[{mark}]" for block in source.blocks for mark in block.marks))
    assert read + marks == letters("".join(pages))
