"""Tables of web pages: which hold data, which only arrange the page; and the cells of data."""

import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element as Element

from knowledge.readers.grid import Cell
from knowledge.readers.page_flow import Flow, texts_of
from knowledge.readers.page_notes import PageNotes
from knowledge.readers.page_tags import HEADINGS, ROWS
from knowledge.readers.spacing import tidy
from knowledge.source import Role

_LONG: Final = 600
_WIDEST: Final = 1000
_AROUND_ROWS: Final = (*ROWS, "form")


class _Parts:
    """Takes the lines of one cell."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.marks: list[str] = []

    def add(
        self,
        role: Role,
        text: str,
        *,
        level: int = 0,  # noqa: ARG002
        marks: tuple[str, ...] = (),
        gap: int = 0,  # noqa: ARG002
        wrapped: bool = False,  # noqa: ARG002
        rule: str = "",
    ) -> None:
        if not rule and role is not Role.FURNITURE:
            self.parts.append(text)
            self.marks += marks


def holds_data(table: Element) -> bool:
    """Not when it arranges other tables, headings or long stretches of text."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = list(rows_of(table))
    if len(rows) < 2 or max(len(list(cells_of(row))) for row in rows) < 2:
        return False
    captions = list(table.iterchildren("caption"))
    lengths = [_length(cell) for row in rows for cell in cells_of(row)]
    if _length(table) != sum(lengths) + sum(map(_length, captions)):
        # Text beside the cells would be lost.
        return False
    if captions or any(True for _ in table.iter("th")):
        return True
    if sum(1 for _ in table.iter("table")) > 1 or any(True for _ in table.iter(*HEADINGS)):
        return False
    return max(lengths) < _LONG or max(lengths) * 2 < sum(lengths)


def cells_in(table: Element, notes: PageNotes) -> list[list[Cell]]:
    """The table's rows; a table inside a cell is flattened into it."""
    return [
        [_cell(cell, notes, in_head=row.getparent().tag == "thead") for cell in cells_of(row)]
        for row in rows_of(table)
    ]


def rows_of(table: Element) -> Iterator[Element]:
    """The table's own rows, also those that a form wraps against the rules."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _AROUND_ROWS:
            yield from child.iterchildren("tr")


def cells_of(row: Element) -> Iterator[Element]:
    yield from row.iterchildren("td", "th")


def _length(element: Element) -> int:
    return sum(map(len, texts_of(element)))


def _cell(cell: Element, notes: PageNotes, *, in_head: bool) -> Cell:
    sink = _Parts()
    bold = ""
    if len(cell):
        Flow(sink, notes).walk(cell)
        bold = "".join("".join(strong.itertext()) for strong in cell.iter("b", "strong")).strip()
    elif text := tidy(cell.text or ""):
        sink.parts.append(text)
    return Cell(
        tuple(sink.parts),
        _span(cell.get("colspan")),
        _span(cell.get("rowspan")),
        is_header=in_head or cell.tag == "th",
        stands_out=bool(bold) and bold == "".join(cell.itertext()).strip(),
        marks=tuple(dict.fromkeys(sink.marks)),
    )


def _span(said: str | None) -> int:
    return min(max(int(said), 1), _WIDEST) if said and re.fullmatch(r"\d{1,5}", said) else 1
