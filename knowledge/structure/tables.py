"""Rows become tables: which row is the header, what a table is called, where it goes on."""

import re
from collections.abc import Sequence
from typing import Final

from knowledge.source import Block, Role

_NUMBER: Final = re.compile(r"[-+]?[\d.,]+\s*[%％‰]?|——|—|-|/|")
_CAPTION_LIMIT: Final = 60


def header_of(rows: Sequence[Block]) -> tuple[str, ...]:
    """The header cells of a table, or none when its first row is a row like the others."""
    first = rows[0]
    cells = tuple("".join(cell) for cell in first.cells)
    if first.is_header:
        return cells
    if len(rows) < 2 or len(cells) < 2 or not all(cells) or len(set(cells)) < len(cells):
        return ()
    if any(_NUMBER.fullmatch(cell) for cell in cells) or max(map(len, cells)) > 30:
        return ()
    return cells if _differs(cells, rows[1:]) else ()


def _differs(header: tuple[str, ...], rows: Sequence[Block]) -> bool:
    """Beneath a header stand numbers, or longer texts than itself, in at least one column."""
    for column in range(len(header)):
        below = ["；".join(row.cells[column]) for row in rows if column < len(row.cells)]
        filled = [cell for cell in below if cell]
        if not filled:
            continue
        if sum(bool(_NUMBER.fullmatch(cell)) for cell in filled) > len(filled) / 2:
            return True
        if sum(map(len, filled)) / len(filled) > 2 * len(header[column]):
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
