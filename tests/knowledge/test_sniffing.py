import gzip
import zipfile
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image
from pptx import Presentation

from knowledge.sniffing import FileKind, is_litter, kind_of, refusal
from tests.pdf_making import Paper


def saved(document: object, **options: object) -> bytes:
    stream = BytesIO()
    document.save(stream, **options)  # type: ignore[attr-defined]
    return stream.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def a_pdf() -> bytes:
    paper = Paper()
    paper.add_page()
    return paper.bytes()


PICTURE = Image.new("L", (20, 20))


@pytest.mark.parametrize("name", ["file.pdf", "file.docx", "file.txt", "file"])
def test_a_file_is_what_it_holds_whatever_it_is_called(name: str) -> None:
    assert kind_of(name, a_pdf()) is FileKind.PDF
    assert kind_of(name, saved(Document())) is FileKind.WORD
    assert kind_of(name, saved(Workbook())) is FileKind.WORKBOOK
    assert kind_of(name, saved(Presentation())) is FileKind.SLIDES
    assert kind_of(name, saved(PICTURE, format="PNG")) is FileKind.PICTURE
    assert kind_of(name, b"<!DOCTYPE html><html><body>Text</body></html>") is FileKind.WEB_PAGE


@pytest.mark.parametrize("kind", ["JPEG", "GIF", "WEBP", "BMP"])
def test_pictures_of_every_kind_are_known(kind: str) -> None:
    assert kind_of("scan", saved(PICTURE, format=kind)) is FileKind.PICTURE


@pytest.mark.parametrize(
    "start", [b"MZ\x90\x00\x03\x00\x00\x00", b"\x7fELF\x02\x01\x01\x00", b"\xcf\xfa\xed\xfe"]
)
def test_a_program_named_as_a_document_is_refused_as_a_program(start: bytes) -> None:
    kind = kind_of("plan.pdf", start + bytes(200))

    assert kind is FileKind.PROGRAM
    assert "is a program and no document" in refusal(kind)


def test_a_pdf_may_have_something_before_its_beginning() -> None:
    assert kind_of("a.pdf", b"\r\n\xef\xbb\xbf" + a_pdf()) is FileKind.PDF


def test_a_text_that_speaks_of_pdf_is_a_text() -> None:
    assert kind_of("a.txt", b"A file that begins with %PDF-1.7 is a PDF.") is FileKind.TEXT


def test_zip_files_are_told_apart_by_their_members() -> None:
    book = zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<c/>"})
    letter = zipped({"mimetype": b"application/vnd.oasis.opendocument.text"})

    assert kind_of("a.zip", book) is FileKind.BOOK
    assert kind_of("a.docx", letter) is FileKind.OPEN_DOCUMENT
    assert kind_of("a.zip", zipped({"OFD.xml": b"<o/>"})) is FileKind.OFD
    assert kind_of("a.pdf", zipped({"plan.txt": b"text"})) is FileKind.ARCHIVE
    assert kind_of("a.zip", zipped({})) is FileKind.ARCHIVE


def test_a_document_cut_short_is_still_known_for_what_it_was() -> None:
    assert kind_of("a", saved(Document())[:9000]) is FileKind.WORD


def test_old_and_locked_office_files_are_told_apart() -> None:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

    assert kind_of("a.doc", start) is FileKind.OLD_OFFICE
    locked = kind_of("a.docx", start + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in refusal(locked)


@pytest.mark.parametrize(
    "data",
    [
        "公共图书馆法\r\n第一条".encode("gb18030"),
        "公共圖書館法".encode("big5"),
        "公共图书馆法，共 6 章 55 条。".encode("utf-16"),
        "The law, in 55 articles.".encode("utf-16-le"),
        "条文\x00里有\x00空字符的一份长一点的文本，其余都是普通的文字".encode(),
        b"MZ is how some texts begin, and BM is another way.",
    ],
)
def test_text_in_any_encoding_is_text(data: bytes) -> None:
    assert kind_of("law", data) is FileKind.TEXT


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.md", FileKind.MARKDOWN), ("a.CSV", FileKind.TABLE_TEXT), ("a.tsv", FileKind.TABLE_TEXT),
     ("a.txt", FileKind.TEXT), ("a.log", FileKind.TEXT), ("a.pdf", FileKind.TEXT)],
)  # fmt: skip
def test_texts_are_told_apart_by_name(name: str, kind: FileKind) -> None:
    assert kind_of(name, "# 标题\n\n正文".encode()) is kind


def test_a_text_with_some_tags_in_it_is_no_web_page() -> None:
    data = "<table><tr><td>指标</td></tr></table>\n\n# 规划".encode()

    assert kind_of("plan.md", data) is FileKind.MARKDOWN
    assert kind_of("plan.txt", data) is FileKind.TEXT
    assert kind_of("plan.html", data) is FileKind.WEB_PAGE


@pytest.mark.parametrize("data", [b"", b"\n \t", bytes(5000)])
def test_nothing_is_called_empty(data: bytes) -> None:
    assert "is empty" in refusal(kind_of("a.txt", data))


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (gzip.compress(b"text" * 100), "unpack it"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "unpack it"),
        (b"{\\rtf1\\ansi text}", "save it as .docx"),
        (b"<?xml version='1.0'?><data/>", "XML data"),
        (b"\x00\x00\x00\x20ftypisom" + bytes(50), "transcript"),
        (bytes(range(256)) * 40, "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, advice: str) -> None:
    assert advice in refusal(kind_of("document.pdf", data))


def test_kinds_that_are_read_have_no_refusal() -> None:
    read = (FileKind.PDF, FileKind.WORD, FileKind.TEXT, FileKind.PICTURE, FileKind.WEB_PAGE)

    assert [refusal(kind) for kind in read] == [""] * 5


@pytest.mark.parametrize(
    "name", [".DS_Store", "~$plan.docx", "Thumbs.db", "__MACOSX", ".hidden.txt"]
)
def test_what_programs_leave_behind_is_litter(name: str) -> None:
    assert is_litter(name)
    assert not is_litter("plan~.docx")
