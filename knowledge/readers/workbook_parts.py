"""What the spreadsheet library leaves out when it streams: merged cells, values not saved."""

import posixpath
import re
import zipfile
from typing import Final

from lxml import etree

from foundation.errors import UnreadableDocument
from knowledge.readers.office import safe_parser

_LARGEST_SHEET: Final = 150_000_000
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_UNCOMPUTED: Final = re.compile(
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Each sheet's XML by the sheet's name."""
    book, folder = _main_part(archive)
    relations = posixpath.join(folder, "_rels", posixpath.basename(book) + ".rels")
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in etree.fromstring(archive.read(relations), safe_parser())
    }
    parts = {}
    for sheet in etree.fromstring(archive.read(book), safe_parser()).iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if name in archive.NameToInfo:
            _refuse_giants(archive.getinfo(name))
            parts[sheet.get("name", "")] = archive.read(name)
    return parts


def merged_areas(part: bytes) -> list[tuple[int, int, int, int]]:
    """First row, first column, last row, last column of each merged area, counted from 1."""
    areas = [
        (int(top), _column(left), int(bottom), _column(right))
        for left, top, right, bottom in _MERGED.findall(part)
    ]
    return [area for area in areas if area[0] <= area[2] and area[1] <= area[3]]


def uncomputed(part: bytes) -> int:
    """How many formulas were saved without their values."""
    return sum(1 for _ in _UNCOMPUTED.finditer(part))


def _main_part(archive: zipfile.ZipFile) -> tuple[str, str]:
    for relation in etree.fromstring(archive.read("_rels/.rels"), safe_parser()):
        if relation.get("Type", "").endswith("/officeDocument"):
            book = relation.get("Target", "").lstrip("/")
            return book, posixpath.dirname(book)
    return "xl/workbook.xml", "xl"


def _refuse_giants(member: zipfile.ZipInfo) -> None:
    if member.file_size > _LARGEST_SHEET:
        raise UnreadableDocument(
            "A sheet of this workbook is too large for a document: send the part people ask about."
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
