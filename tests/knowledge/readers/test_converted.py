"""Files that LibreOffice made out of the same plan: every format must say the same."""

import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from pptx import Presentation

from knowledge.readers.book import read_book
from knowledge.readers.page import read_page
from knowledge.readers.sheet import read_sheet
from knowledge.readers.slides import read_slides
from knowledge.readers.word import read_word
from knowledge.source import Role

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("soffice") is None,
        reason="LibreOffice (soffice) is not installed: files of another maker go unread here",
    ),
]


def converted(source: Path, to: str) -> bytes:
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{source.parent}/profile",
         "--convert-to", to, "--outdir", source.parent / "out", source],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (source.parent / "out" / source.with_suffix(f".{to}").name).read_bytes()


@pytest.fixture
def plan(tmp_path) -> Path:
    document = Document()
    document.add_heading("发展规划", 0)
    document.add_heading("一、总体要求", 1)
    document.add_paragraph("到2025年，公共图书馆覆盖全市，服务效能显著提升。")
    table = document.add_table(rows=3, cols=3)
    for place, text in enumerate(
        ("指标", "2020年", "2025年", "藏书", "0.9", "1.2", "读者", "1", "2")
    ):
        table.cell(*divmod(place, 3)).text = text
    for text in ("免费开放", "均等服务"):
        document.add_paragraph(text, style="List Number")
    document.save(tmp_path / "plan.docx")
    return tmp_path / "plan.docx"


@pytest.mark.parametrize(
    ("to", "read"), [("odt", None), ("html", read_page), ("epub", read_book)]
)  # fmt: skip
def test_a_plan_says_the_same_in_every_format(plan, to, read):
    data = converted(plan, to)
    if read is None:
        (plan.parent / "again").mkdir()
        odt = plan.parent / "again" / "plan.odt"
        odt.write_bytes(data)
        data, read = converted(odt, "docx"), read_word

    source = read(data)

    squeezed = ["".join(block.text.split()) for block in source.blocks]
    assert [text for text in squeezed if "总体" in text] == ["一、总体要求"]
    assert "到2025年，公共图书馆覆盖全市，服务效能显著提升。" in squeezed
    rows = [(block.is_header, block.text) for block in source.blocks if block.role is Role.ROW]
    assert rows == [
        (True, "指标 | 2020年 | 2025年"),
        (False, "藏书 | 0.9 | 1.2"),
        (False, "读者 | 1 | 2"),
    ]
    assert any("均等服务" in text for text in squeezed)


def test_a_workbook_of_another_maker_is_read(tmp_path, shown):
    workbook = Workbook()
    for row in (["项目", "完成率", "合计"], ["设备", 0.875, "=1+2"]):
        workbook.active.append(row)
    workbook.active["B2"].number_format = "0.0%"
    workbook.save(tmp_path / "book.xlsx")

    (tmp_path / "first").mkdir()
    ods = tmp_path / "first" / "book.ods"
    ods.write_bytes(converted(tmp_path / "book.xlsx", "ods"))

    assert shown(read_sheet(converted(ods, "xlsx"))) == [
        "row! 项目 | 完成率 | 合计",
        "row 设备 | 87.5% | 3",
    ]


def test_slides_of_another_maker_are_read(tmp_path, shown):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "总体要求", "坚持公益"
    deck.save(tmp_path / "deck.pptx")

    (tmp_path / "first").mkdir()
    odp = tmp_path / "first" / "deck.odp"
    odp.write_bytes(converted(tmp_path / "deck.pptx", "odp"))

    assert shown(read_slides(converted(odp, "pptx"))) == ["heading2 总体要求", "item1 坚持公益"]
