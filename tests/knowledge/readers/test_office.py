import random
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook
from pptx import Presentation

from foundation.errors import UnreadableDocument
from knowledge.readers.book import read_book
from knowledge.readers.sheet import read_sheet
from knowledge.readers.slides import read_slides
from knowledge.readers.word import read_word

READERS = {"docx": read_word, "xlsx": read_sheet, "pptx": read_slides}
MAIN = {
    "docx": "word/document.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
    "pptx": "ppt/slides/slide1.xml",
}


def a_file(kind: str) -> bytes:
    stream = BytesIO()
    if kind == "docx":
        document = Document()
        document.add_heading("标题", 1)
        document.add_paragraph("要点", style="List Number")
        document.add_table(rows=2, cols=2).cell(0, 0).text = "格"
        document.save(stream)
    elif kind == "xlsx":
        workbook = Workbook()
        workbook.active["A1"], workbook.active["B2"] = "文字", 0.5
        workbook.save(stream)
    else:
        deck = Presentation()
        deck.slides.add_slide(deck.slide_layouts[1]).shapes.title.text = "标题"
        deck.save(stream)
    return stream.getvalue()


def with_part(data: bytes, name: str, change) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return stream.getvalue()


def locked(data: bytes) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    stream = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt("geheim", stream)
    return stream.getvalue()


@pytest.mark.parametrize("kind", READERS)
def test_a_file_with_a_password_is_refused_with_advice(kind):
    with pytest.raises(UnreadableDocument, match="remove the password and send it again"):
        READERS[kind](locked(a_file(kind)))


@pytest.mark.parametrize("kind", READERS)
def test_an_old_office_file_is_refused_with_the_format_to_save_it_in(kind):
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

    with pytest.raises(UnreadableDocument, match=f"save it as .{kind}"):
        READERS[kind](old)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00" * 100, b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_other_files_under_an_office_name_are_refused(kind, data):
    with pytest.raises(UnreadableDocument):
        READERS[kind](data)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_a_library_sees_them(kind, encoding):
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    prolog = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'

    def change(part: bytes) -> bytes:
        return (prolog + part.decode().split("?>")[-1]).encode(encoding)

    hostile = with_part(a_file(kind), MAIN[kind], change)

    with pytest.raises(UnreadableDocument, match="entities"):
        READERS[kind](hostile)


@pytest.mark.parametrize("kind", READERS)
def test_a_swelling_part_is_refused(kind):
    bomb = with_part(a_file(kind), MAIN[kind], lambda part: part + bytes(20_000_000))

    with pytest.raises(UnreadableDocument, match="unpack"):
        READERS[kind](bomb)


@pytest.mark.parametrize("kind", READERS)
def test_a_document_of_another_program_is_refused_with_the_right_format(kind):
    other = next(name for name in READERS if name != kind)

    with pytest.raises(UnreadableDocument, match=f"save it as .{kind}"):
        READERS[kind](a_file(other))


@pytest.mark.parametrize("kind", READERS)
def test_damage_anywhere_is_read_or_refused_but_never_a_crash(kind):
    whole = a_file(kind)
    chance = random.Random(7)
    for _ in range(60):
        hurt = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        cut = bytes(hurt[: chance.randrange(len(hurt))]) if chance.random() < 0.3 else bytes(hurt)
        with suppress(UnreadableDocument):
            READERS[kind](cut)


@pytest.mark.parametrize("kind", READERS)
def test_damaged_xml_in_any_part_is_read_or_refused_but_never_a_crash(kind):
    whole = a_file(kind)
    chance = random.Random(8)
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]

    def hurt(part: bytes) -> bytes:
        pieces = part.split(b"<")
        for _ in range(3):
            at = chance.randrange(len(pieces))
            pieces[at : at + 1] = [] if chance.random() < 0.5 else [pieces[at], pieces[at]]
        return b"<".join(pieces).replace(b'val="', b'val="x', chance.randint(0, 2))

    for number in range(80):
        with suppress(UnreadableDocument):
            READERS[kind](with_part(whole, names[number % len(names)], hurt))


def test_an_office_file_is_no_book():
    with pytest.raises(UnreadableDocument, match="not an EPUB"):
        read_book(a_file("docx"))
