from collections import Counter
from io import BytesIO
from itertools import cycle

import pypdfium2 as pdfium
import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission
from PIL import Image

from foundation.errors import UnreadableDocument
from knowledge.readers import scanned
from knowledge.readers.portable import read_pdf
from knowledge.source import Role, Source
from tests.pdf_making import Paper

SENTENCE = "Libraries offer learning to everyone who walks in and asks for it"
PROSE = (
    "Every public library in the province shall keep its reading rooms open for at least "
    "fifty six hours a week and shall publish its opening hours at the entrance so that "
    "readers know when they may come and whom they may ask for help with their studies "
)


def filled(width: float, rows: int) -> list[str]:
    """Lines as wide as a column, as a paragraph breaks in it."""
    measure, words = Paper(), cycle(PROSE.split())
    lines, line = [], next(words)
    while len(lines) < rows:
        word = next(words)
        if measure.get_string_width(f"{line} {word}") > width:
            lines.append(line)
            line = word
        else:
            line += " " + word
    return lines


def said(source: Source, role: Role) -> list[str]:
    return [block.text for block in source.blocks if block.role is role]


def a_picture() -> BytesIO:
    stream = BytesIO()
    Image.effect_noise((200, 100), 40).save(stream, "PNG")
    return stream


def test_every_block_points_at_its_own_words() -> None:
    paper = Paper()
    paper.add_page()
    paper.say(60, 80, "A heading", size=20)
    paper.column(60, 120, filled(440, 12))

    source = read_pdf(paper.bytes())

    assert [source.text[b.span.start : b.span.end] for b in source.blocks] == [
        b.text for b in source.blocks
    ]


def test_lines_of_a_paragraph_are_joined_and_a_short_line_ends_it() -> None:
    paper = Paper()
    paper.add_page()
    paper.column(60, 80, [*filled(440, 4), "so it ends.", *filled(440, 3), "Here too."])

    assert len(said(read_pdf(paper.bytes()), Role.TEXT)) == 2


def test_a_word_cut_at_the_end_of_a_line_is_whole_again() -> None:
    paper = Paper()
    paper.add_page()
    paper.column(60, 80, ["The library is an institu-", "tion of a well-known kind."])

    assert said(read_pdf(paper.bytes()), Role.TEXT) == [
        "The library is an institution of a well-known kind."
    ]


def test_a_compound_keeps_its_hyphen_when_the_document_writes_it_with_one() -> None:
    paper = Paper()
    paper.add_page()
    paper.column(60, 80, ["A decision-making body helps. The decision-", "making takes time."])

    assert "The decision-making takes" in read_pdf(paper.bytes()).text


def test_two_columns_are_read_one_after_the_other() -> None:
    paper = Paper()
    paper.add_page()
    paper.say(60, 60, "A title that spans the whole width of the page above both columns", size=15)
    paper.column(60, 100, [f"left {n} {line}" for n, line in enumerate(filled(190, 20))])
    paper.column(310, 100, [f"right {n} {line}" for n, line in enumerate(filled(190, 20))])

    text = read_pdf(paper.bytes()).text

    assert text.index("left 19") < text.index("right 0")
    assert text.index("A title") < text.index("left 0")


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    paper = Paper()
    paper.add_page()
    lines = filled(220, 23)
    paper.column(60, 100, lines[:12])
    paper.column(320, 100, [*lines[12:], "the end."])

    assert len(said(read_pdf(paper.bytes()), Role.TEXT)) == 1


def test_running_heads_and_page_numbers_are_set_aside_and_named() -> None:
    paper = Paper()
    for number in range(1, 6):
        paper.add_page()
        paper.say(200, 40, "Annual report of the library", size=8)
        paper.column(60, 90, [f"Page {number} begins. {SENTENCE}.", f"{SENTENCE} again."])
        paper.say(280, 810, f"- {number} -", size=9)

    source = read_pdf(paper.bytes())

    rules = Counter(block.rule for block in source.blocks if block.role is Role.FURNITURE)
    assert rules == {"running head": 5, "page number": 5}
    assert not any("report" in text for text in said(source, Role.TEXT))


def test_bare_numbers_that_count_the_pages_are_page_numbers() -> None:
    paper = Paper()
    for number in range(12, 15):
        paper.add_page()
        paper.column(60, 90, [f"{SENTENCE} on sheet {number - 11}.", "In all there are"])
        paper.say(60, 122, f"{number * 100}")
        paper.say(290, 810, f"{number}")

    source = read_pdf(paper.bytes())

    assert said(source, Role.FURNITURE) == ["12", "13", "14"]
    assert "1300" in " ".join(said(source, Role.TEXT))


def test_a_sentence_cut_by_a_page_break_is_joined() -> None:
    paper = Paper()
    lines = filled(440, 40)
    for half in (lines[:20], [*lines[20:], "the end."]):
        paper.add_page()
        paper.say(200, 40, "A head", size=8)
        paper.column(60, 90, half, pitch=20)

    texts = said(read_pdf(paper.bytes()), Role.TEXT)

    assert sum(len(text) > 2000 for text in texts) == 1


def test_large_and_bold_lines_are_headings_by_rank() -> None:
    paper = Paper()
    paper.add_page()
    paper.say(60, 60, "The strategy of the library", size=24)
    for number, y in enumerate((100, 400)):
        paper.say(60, y, f"Chapter {number}", size=16)
        paper.say(60, y + 40, f"Part {number}", bold=True)
        paper.column(60, y + 70, filled(440, 5))

    source = read_pdf(paper.bytes())

    levels = {b.text: b.level for b in source.blocks if b.role is Role.HEADING}
    assert levels == {
        "The strategy of the library": 1, "Chapter 0": 2, "Part 0": 3, "Chapter 1": 2, "Part 1": 3,
    }  # fmt: skip
    assert source.title == "The strategy of the library"


def test_bulleted_lines_are_items() -> None:
    paper = Paper()
    paper.add_page()
    paper.column(60, 80, ["The aims are:"])
    for number, y in enumerate((110, 130)):
        paper.say(70, y, chr(149))
        paper.say(84, y, f"aim {number}")

    source = read_pdf(paper.bytes())

    assert said(source, Role.TEXT) == ["The aims are:"]
    assert said(source, Role.ITEM) == ["aim 0", "aim 1"]


def test_the_outline_names_headings_that_look_like_text() -> None:
    paper = Paper()
    paper.add_page()
    for level, y, title in ((0, 80, "Aims of the plan"), (1, 200, "Measures")):
        paper.start_section(title, level=level)
        paper.say(60, y, title)
        paper.column(60, y + 20, filled(440, 4))

    source = read_pdf(paper.bytes())

    assert [(b.level, b.text) for b in source.blocks if b.role is Role.HEADING] == [
        (1, "Aims of the plan"), (2, "Measures"),
    ]  # fmt: skip


def test_a_ruled_table_keeps_its_cells_and_merged_ones_count_in_each_row() -> None:
    paper = FPDF()
    paper.set_font("helvetica", size=11)
    paper.add_page()
    with paper.table(first_row_as_headings=True) as table:
        for cells in (("Field", "Indicator", "In 2020", "In 2025"), ("Space", "Seats", "10", "20")):
            table.row(cells)
        row = table.row()
        row.cell("Service", rowspan=2)
        for cell in ("Loans per head and year of the people living there", "1.5", "2.5"):
            row.cell(cell)
        table.row(("Visits", "3", "4"))

    source = read_pdf(bytes(paper.output()))

    rows = [(b.is_header, b.text) for b in source.blocks if b.role is Role.ROW]
    assert rows == [
        (True, "Field | Indicator | In 2020 | In 2025"),
        (False, "Space | Seats | 10 | 20"),
        (False, "Service | Loans per head and year of the people living there | 1.5 | 2.5"),
        (False, "Service | Visits | 3 | 4"),
    ]


def test_a_table_over_two_pages_is_one_and_its_second_head_is_reported() -> None:
    paper = FPDF()
    paper.set_font("helvetica", size=12)
    paper.add_page()
    with paper.table(first_row_as_headings=True) as table:
        table.row(("Number", "Library", "Loans"))
        for number in range(60):
            table.row((str(number), f"Library {number}", str(number * 7)))

    source = read_pdf(bytes(paper.output()))

    rows = [block for block in source.blocks if block.role is Role.ROW]
    assert len(rows) == 61
    assert {block.table for block in rows} == {0}
    assert [rows[1].page, rows[-1].page] == [1, 2]
    assert said(source, Role.FURNITURE) == ["Number | Library | Loans"]


def test_a_table_with_rules_across_only_has_columns() -> None:
    paper = Paper()
    paper.add_page()
    paper.column(60, 80, filled(440, 4))
    for y in (160, 182, 240):
        paper.line(60, y, 400, y)
    for y, cells in ((176, ("Year", "Cities", "Countries")), (200, ("2015", "117", "35")),
                     (216, ("2017", "205", "52")), (232, ("2019", "229", "64"))):  # fmt: skip
        for x, cell in zip((64, 180, 300), cells, strict=True):
            paper.say(x, y, cell)

    rows = said(read_pdf(paper.bytes()), Role.ROW)

    assert rows == ["Year | Cities | Countries", "2015 | 117 | 35", "2017 | 205 | 52",
                    "2019 | 229 | 64"]  # fmt: skip


def test_contents_with_page_numbers_in_line_are_no_table() -> None:
    paper = Paper()
    paper.add_page()
    for number in range(1, 8):
        for x, cell in ((60, f"1.{number}"), (120, f"Section {number}"), (480, str(number * 3))):
            paper.say(x, 80 + 20 * number, cell)

    assert said(read_pdf(paper.bytes()), Role.ROW) == []


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_an_upright_one(turn: int) -> None:
    paper = Paper()
    paper.add_page()
    paper.column(60, 80, [*filled(440, 5), "the end."])
    upright = read_pdf(paper.bytes()).text
    document = pdfium.PdfDocument(paper.bytes())
    document[0].set_rotation(turn)
    stream = BytesIO()
    document.save(stream)
    document.close()

    assert read_pdf(stream.getvalue()).text == upright


def test_text_printed_sideways_is_read() -> None:
    paper = Paper()
    paper.add_page()
    with paper.rotation(90, x=500, y=800):
        paper.column(500, 800, [*filled(440, 5), "the end."])

    assert said(read_pdf(paper.bytes()), Role.TEXT) == [" ".join([*filled(440, 5), "the end."])]


def test_a_watermark_is_set_aside() -> None:
    paper = Paper()
    paper.add_page()
    paper.column(60, 80, filled(440, 5))
    with paper.rotation(45, x=300, y=400):
        paper.say(200, 400, "DRAFT", size=60)

    source = read_pdf(paper.bytes())

    assert [(b.rule, b.text) for b in source.blocks if b.role is Role.FURNITURE] == [
        ("slanted text", "DRAFT")
    ]


def test_words_printed_twice_to_look_bold_are_said_once() -> None:
    paper = Paper()
    paper.add_page()
    for shift in (0, 0.4):
        paper.say(60 + shift, 80, "Rules of the reading room")

    assert said(read_pdf(paper.bytes()), Role.TEXT) == ["Rules of the reading room"]


def test_a_raised_number_is_a_mark_and_the_small_print_below_its_note() -> None:
    paper = Paper()
    paper.add_page()
    paper.column(60, 80, filled(440, 3))
    x = 60.0
    for words, size in (("The law says so", 11), ("1", 6), (", and an area of 50 m", 11), ("2", 6),
                        (" is asked for.", 11)):  # fmt: skip
        paper.say(x, 128 if size == 11 else 124, words, size=size)
        x += paper.get_string_width(words)
    paper.say(60, 780, "1 Public Library Act, article 2.", size=8)

    source = read_pdf(paper.bytes())

    assert source.blocks[0].text.endswith("The law says so, and an area of 50 m² is asked for.")
    assert source.blocks[0].marks == ("1",)
    assert [(b.text, b.marks) for b in source.blocks if b.role is Role.NOTE] == [
        ("1 Public Library Act, article 2.", ("1",))
    ]


def test_a_title_that_the_pages_do_not_bear_out_is_not_believed() -> None:
    for declared, title in (
        ("Microsoft Word - form3.doc", ""),
        ("The library plan", "The library plan"),
    ):
        paper = Paper()
        paper.set_title(declared)
        paper.add_page()
        paper.column(60, 80, ["The library plan", "", *filled(440, 4)])

        assert read_pdf(paper.bytes()).title == title


def test_chinese_lines_are_joined_without_spaces_and_indents_begin_paragraphs() -> None:
    paper = Paper().chinese(12)
    paper.add_page()
    text = "全省公共图书馆深入贯彻落实各项决策部署坚持以人民为中心的发展思想不断完善服务体系"
    paper.column(84, 80, ["为了" + text[:34]])
    paper.column(60, 100, [text[:38], "提升服务效能。"])
    paper.column(84, 140, ["截至" + text[:34]])
    paper.column(60, 160, ["共有图书馆103个。"])

    assert said(read_pdf(paper.bytes()), Role.TEXT) == [
        f"为了{text[:34]}{text[:38]}提升服务效能。", f"截至{text[:34]}共有图书馆103个。",
    ]  # fmt: skip


def test_letters_set_apart_and_radicals_become_ordinary_words() -> None:
    paper = Paper().chinese(12)
    paper.add_page()
    paper.say(200, 80, "图 书 馆")
    paper.say(60, 120, "第一章 总 则")
    paper.say(60, 160, "⼀、⻅习⻋间的⼤⻔")

    assert read_pdf(paper.bytes()).text.split("\n")[:3] == [
        "图书馆", "第一章 总则", "一、见习车间的大门",
    ]  # fmt: skip


def test_vertical_writing_is_read_down_and_to_the_left() -> None:
    paper = Paper().chinese(12)
    paper.add_page()
    text = "公共图书馆是公益性文化机构应当坚持以人民为中心传承发展中华优秀传统文化继承革命文化"
    for column in range(2):
        for number, letter in enumerate(text[column * 20 : column * 20 + 20]):
            paper.say(500 - 24 * column, 80 + 14 * number, letter)
    for number, letter in enumerate(text[:10]):
        paper.say(452, 80 + 14 * number, letter)

    assert read_pdf(paper.bytes()).text.replace("\n", "") == text[:40] + text[:10]


def test_a_password_is_asked_to_be_removed() -> None:
    paper = Paper()
    paper.add_page()
    paper.say(60, 80, SENTENCE)
    paper.set_encryption(owner_password="owner", user_password="user")

    with pytest.raises(UnreadableDocument, match="password"):
        read_pdf(paper.bytes())


def test_a_file_that_only_forbids_copying_is_read() -> None:
    paper = Paper()
    paper.add_page()
    paper.say(60, 80, SENTENCE)
    paper.set_encryption(owner_password="owner", permissions=AccessPermission.none())

    assert SENTENCE in read_pdf(paper.bytes()).text


@pytest.mark.parametrize("data", [b"", b"  \n", b"%PDF-1.7\n", b"%PDF-1.7 nothing more" * 50])
def test_what_is_no_pdf_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="add that"):
        read_pdf(data)


def test_a_file_cut_short_is_read_as_far_as_it_goes_or_refused() -> None:
    paper = Paper()
    for number in range(20):
        paper.add_page()
        paper.column(60, 80, [f"Sheet {number}.", *filled(440, 30)])
    whole = paper.bytes()

    outcomes = set()
    for share in range(1, 20):
        try:
            source = read_pdf(whole[: len(whole) * share // 20])
        except UnreadableDocument:
            outcomes.add("refused")
        else:
            outcomes.add(source.warnings[-1])

    assert outcomes <= {"refused", "The file breaks off before its end; what was whole was read."}


@pytest.mark.skipif(scanned.is_available(), reason="text recognition is installed")
def test_pictures_of_pages_are_refused_with_the_way_to_read_them() -> None:
    paper = Paper()
    paper.add_page()
    paper.image(a_picture(), 60, 60, 300, 200)

    with pytest.raises(UnreadableDocument, match="rapidocr"):
        read_pdf(paper.bytes())


@pytest.mark.skipif(scanned.is_available(), reason="text recognition is installed")
def test_pages_without_text_among_others_are_named() -> None:
    paper = Paper()
    for number in range(1, 6):
        paper.add_page()
        if number in (2, 4, 5):
            paper.image(a_picture(), 60, 60, 300, 200)
        else:
            paper.column(60, 80, filled(440, 4))

    source = read_pdf(paper.bytes())

    assert source.pages == 5
    assert source.warnings[0].startswith("Pages 2, 4–5 hold no text; install text recognition")


def test_an_empty_document_is_refused() -> None:
    paper = Paper()
    paper.add_page()

    with pytest.raises(UnreadableDocument, match="no text and no pictures"):
        read_pdf(paper.bytes())
