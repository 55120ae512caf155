"""Rows become tables: which row is the header, what a table is called, where it goes on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.source import Block, Role

_NUMBER: Final = re.compile(r"(?!(?:19|20)\d\d$)[-+]?[\d.,]+\s*[%％‰]?|——|—|-|/|")
_CAPTION_LIMIT: Final = 60
_HEADER_LIMIT: Final = 30


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows between two lines of text, and what they are."""

    rows: tuple[Block, ...]
    header: tuple[str, ...]
    caption: str
    continues: bool
    repeated: Block | None = None


class TableGatherer:
    """Collects rows as they come; a table ends with a line of text, or where another begins."""

    def __init__(self) -> None:
        self._rows: list[Block] = []
        self._last: Sequence[Block] = ()
        self._before: Block | None = None

    def add(self, row: Block) -> Gathered | None:
        """Take a row; the table that it ends, if it begins another."""
        begins = self._rows and self._rows[0].table != row.table
        ended = self._gathered() if begins else None
        self._rows.append(row)
        return ended

    def end(self, line: Block | None) -> Gathered | None:
        """Take the line after the rows; the table that it ends, if there is one."""
        ended = self._gathered() if self._rows else None
        self._before = line
        return ended

    def _gathered(self) -> Gathered:
        rows, self._rows = self._rows, []
        last, self._last = self._last, rows
        before, self._before = self._before, None
        continues = before is None and goes_on(last, rows)
        repeats = continues and rows[0].cells == last[0].cells
        return Gathered(
            rows=tuple(rows[1:] if repeats else rows),
            header=header_of(rows),
            caption=caption_of(before),
            continues=continues,
            repeated=rows[0] if repeats else None,
        )


def header_of(rows: Sequence[Block]) -> tuple[str, ...]:
    """The header cells of a table, or none when its first row is a row like the others."""
    first = rows[0]
    cells = tuple("".join(cell) for cell in first.cells)
    if first.is_header:
        return cells
    if len(rows) < 2 or len(cells) < 2 or not all(cells[1:]) or len(set(cells)) < len(cells):
        return ()
    if any(cell and _NUMBER.fullmatch(cell) for cell in cells):
        return ()
    short = max(map(len, cells)) <= _HEADER_LIMIT
    return cells if short and _differs(cells, rows[1:]) else ()


def _differs(header: tuple[str, ...], rows: Sequence[Block]) -> bool:
    """Beneath a header stand numbers, or longer texts than itself, in at least one column."""
    for column in range(len(header)):
        below = ["；".join(row.cells[column]) for row in rows if column < len(row.cells)]
        filled = [cell for cell in below if cell]
        if not filled:
            continue
        if sum(bool(_NUMBER.fullmatch(cell)) for cell in filled) > len(filled) / 2:
            return True
        if sum(map(len, filled)) / len(filled) > 2 * max(len(header[column]), 1):
            return True
    return False


def caption_of(before: Block | None) -> str:
    """The short line right above a table names it."""
    if before is None or before.role not in (Role.TEXT, Role.HEADING):
        return ""
    short = len(before.text) <= _CAPTION_LIMIT and not re.search(r"[。；]$", before.text)
    return before.text.rstrip("：:") if short else ""


def goes_on(previous: Sequence[Block], rows: Sequence[Block]) -> bool:
    """A table cut by a page break goes on when the next has as many columns and the same header."""
    if not previous or len(previous[0].cells) != len(rows[0].cells):
        return False
    on_next_page = previous[-1].page is not None and rows[0].page == (previous[-1].page or 0) + 1
    return on_next_page and (previous[0].cells == rows[0].cells or not header_of(rows))
