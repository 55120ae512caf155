"""Lines that are rows of a table: parted by tabs, or by the bars of Markdown."""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.document import Drop, Span
from knowledge.readers.markup import cell_parts
from knowledge.source import Block, Role, row_text
from knowledge.structure.ladder import rung_of

RULE: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BAR: Final = re.compile(r"(?<!\\)\|")
_HEADING: Final = re.compile(r"#{1,12}\s")
_LONGEST: Final = 200_000


@dataclass(frozen=True, slots=True)
class Row:
    """A line's cells, each with its place in the line."""

    cells: tuple[tuple[int, str], ...]
    tabbed: bool = False

    @property
    def filled(self) -> list[str]:
        return [cell for _, cell in self.cells if cell.strip()]


def is_rule(raw: str) -> bool:
    """|---|:--:| under the header of a table."""
    return "-" in raw and "|" in raw and bool(RULE.match(raw))


def row_of(raw: str, following: str, *, in_table: bool) -> Row | None:
    """The line as a row, when it is one; `following` is the line below it."""
    if len(raw) > _LONGEST:
        return None
    if "\t" in raw:
        row = _tabbed(raw, in_table=in_table)
        if row is not None and (in_table or "\t" in following):
            return row
    if "|" in raw and (in_table or is_rule(following) or raw.strip().startswith("|")):
        return _barred(raw)
    return None


def read_row(row: Row, start: int, raw: str) -> tuple[Block, list[Drop]]:
    """A row's block, and what was dropped from its cells."""
    cells: list[tuple[str, ...]] = []
    marks: list[str] = []
    drops: list[Drop] = []
    for place, cell in row.cells:
        parts, called, dropped = cell_parts(cell, start + place)
        cells.append(tuple(parts))
        marks += called
        drops += dropped
    whole = tuple(cells)
    lead = len(raw) - len(raw.lstrip())
    span = Span(start + lead, start + len(raw.rstrip()))
    block = Block(Role.ROW, row_text(whole), span, cells=whole, marks=tuple(marks))
    return block, drops


def _tabbed(raw: str, *, in_table: bool) -> Row | None:
    row = Row(_split(raw.rstrip(" \r\f"), re.compile("\t")), tabbed=True)
    filled = row.filled
    if not filled or _HEADING.match(raw.lstrip()):
        return None
    if len(filled) < 2:
        return row if in_table else None
    rung = rung_of(filled[0].strip())
    numbered = rung is not None and not rung.rest and len(filled) == 2
    return None if numbered else row


def _barred(raw: str) -> Row | None:
    """The cells between bars; the bars at both ends frame the row."""
    bare = raw.rstrip()
    lead = len(raw) - len(raw.lstrip())
    framed = raw[lead : lead + 1] == "|"
    cells = _split(bare[lead + framed :], _BAR)
    if len(cells) > 1 and not cells[-1][1].strip():
        cells = cells[:-1]
    if framed and bare.count("|") < 2:
        return None
    return Row(tuple((place + lead + framed, cell) for place, cell in cells))


def _split(text: str, sign: re.Pattern[str]) -> tuple[tuple[int, str], ...]:
    cells: list[tuple[int, str]] = []
    at = 0
    for found in sign.finditer(text):
        cells.append((at, text[at : found.start()]))
        at = found.end()
    return (*cells, (at, text[at:]))
