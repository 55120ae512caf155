"""HTML that stands inside a text file: whole tables, and cells that hold a piece of a page."""

import re
from dataclasses import replace
from typing import Final

from knowledge.document import Drop, Span
from knowledge.readers.inline import clean
from knowledge.source import Block, Role, row_text

_TABLE: Final = re.compile(r"<table\b.*?</table\s*>", re.I | re.S)
_ROW: Final = re.compile(r"<tr\b[^>]*>(.*?)</tr\s*>", re.I | re.S)
_CELL: Final = re.compile(
    r"<(?P<kind>t[hd])\b(?P<how>[^>]*)>(?P<inner>.*?)</t[hd]\s*>", re.I | re.S
)
_PARTS: Final = re.compile(r"</?(?:li|p|ul|ol|br|div)\b[^>]*>", re.I)
_PIECE: Final = re.compile(
    r"<(?P<tag>p|li|h[1-6])\b[^>]*>(?P<inner>.*?)</(?P=tag)\s*>", re.I | re.S
)


def tables_in(text: str) -> dict[int, list[Block]]:
    """The rows of each HTML table, by the start of its line; `level` carries where it ends."""
    if "<table" not in text and "<TABLE" not in text:
        return {}
    found: dict[int, list[Block]] = {}
    for table in _TABLE.finditer(text):
        start = text.rfind("\n", 0, table.start()) + 1
        rows = [_row(text, row) for row in _ROW.finditer(text, table.start(), table.end())]
        found[start] = [replace(row, level=table.end()) for row in rows if row.text]
    return found


def _row(text: str, row: re.Match[str]) -> Block:
    cells: list[tuple[str, ...]] = []
    marks: list[str] = []
    kinds: list[str] = []
    for cell in _CELL.finditer(text, row.start(1), row.end(1)):
        parts = [clean(part) for part in _PARTS.split(cell["inner"])]
        marks += [mark for part in parts for mark in part.marks]
        written = tuple(part.text for part in parts if part.text)
        span = re.search(r"colspan\s*=\s*[\"']?(\d+)", cell["how"])
        cells += [written] + [()] * (min(int(span[1]), 50) - 1 if span else 0)
        kinds.append(cell["kind"].lower())
    whole = tuple(cells)
    is_header = bool(kinds) and all(kind == "th" for kind in kinds)
    place = Span(row.start(), row.end())
    return Block(
        Role.ROW, row_text(whole), place, cells=whole, is_header=is_header, marks=tuple(marks)
    )


def is_blob(cells: list[str]) -> bool:
    """One filled cell that holds paragraphs and a list: a piece of a page, not a row."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) == 1 and bool(re.search(r"<(?:ol|ul)\b", filled[0])) and "<p" in filled[0]


def blob_blocks(raw: str, start: int, page: int) -> tuple[list[Block], list[Drop]]:
    """The paragraphs and list items of such a piece, each with its place in the line."""
    blocks: list[Block] = []
    drops: list[Drop] = []
    for piece in _PIECE.finditer(raw):
        cleaned = clean(piece["inner"], start + piece.start("inner"))
        drops += [drop for drop in cleaned.drops if drop.rule != "tag"]
        if cleaned.text:
            role = Role.ITEM if piece["tag"].lower() == "li" else Role.TEXT
            span = Span(start + piece.start("inner"), start + piece.end("inner"))
            blocks.append(Block(role, cleaned.text, span, level=1, page=page, gap=1))
    return blocks, drops
