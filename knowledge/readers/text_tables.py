"""HTML tables that stand in a text file, tag by tag, each row with its place."""

import re
from typing import Final

from knowledge.document import Drop, Span
from knowledge.readers.inline import clean
from knowledge.readers.markup import Marked, Piece, parted, trimmed
from knowledge.source import Block, Role, row_text

_TABLE: Final = re.compile(r"<(/?)table(?=[\s>])[^<>]*>", re.I)
_SPAN: Final = re.compile(r"(col|row)span\s*=\s*[\"']?(\d{1,3})", re.I)
_WIDEST: Final = 50
_DEEPEST: Final = 50


def table_end(text: str, start: int) -> int:
    """Where the table ends whose tag stands at or after `start`; -1 when it never does."""
    depth = 0
    for tag in _TABLE.finditer(text, start):
        depth += -1 if tag[1] else 1
        if depth <= 0 or depth > _DEEPEST:
            return tag.end() if depth == 0 else -1
    return -1


def read_table(text: str, start: int, end: int, *, table: int, page: int) -> Marked:
    """The rows of a table, and the lines that stand outside of its cells."""
    rows = _Rows(text, table, page)
    for piece in parted(text, start, end):
        rows.take(piece)
    rows.close(end)
    return rows.marked


class _Rows:
    """Takes the pieces of a table in order and makes rows of them."""

    def __init__(self, text: str, table: int, page: int) -> None:
        self.marked = Marked()
        self._text = text
        self._table = table
        self._page = page
        self._depth = 0
        # By column: how many more rows a cell reaches down, and what it holds.
        self._reaching: dict[int, tuple[int, list[str]]] = {}
        self._begin()

    def _begin(self) -> None:
        self._start = -1
        self._cells: list[list[str]] = []
        self._own: list[bool] = []
        self._kinds: set[str] = set()
        self._marks: list[str] = []
        self._writing: list[str] | None = None

    def take(self, piece: Piece) -> None:
        if not piece.tag:
            self._take_text(piece)
            return
        self.marked.drops.append(Drop("tag", piece.span))
        if piece.tag in ("table", "/table"):
            self._depth += 1 if piece.tag == "table" else -1
        # A table inside a cell is part of that cell.
        if self._depth > 1 or (self._depth == 1 and piece.tag == "/table"):
            return
        if piece.tag in ("tr", "/tr", "/table"):
            self.close(piece.span.start)
        elif piece.tag in ("td", "th"):
            self._open_cell(piece)
        elif piece.tag in ("/td", "/th"):
            self._writing = None

    def close(self, end: int) -> None:
        """Write the row that is open; a cell that reaches down stands in its cells as well."""
        self._reach_down()
        own = [cell for cell, is_own in zip(self._cells, self._own, strict=True) if is_own]
        text = row_text(tuple(tuple(cell) for cell in own))
        if text:
            self.marked.blocks.append(
                Block(
                    Role.ROW, text, Span(self._start, end), page=self._page, table=self._table,
                    cells=tuple(tuple(cell) for cell in self._cells),
                    is_header=self._kinds == {"th"}, marks=tuple(self._marks),
                )
            )  # fmt: skip
        self._begin()

    def _open_cell(self, piece: Piece) -> None:
        if self._start < 0:
            self._start = piece.span.start
        self._reach_down()
        spans = {name.lower(): int(size) for name, size in _SPAN.findall(piece.written)}
        self._kinds.add(piece.tag)
        self._writing = []
        for column in range(min(max(spans.get("col", 1), 1), _WIDEST)):
            cell = [] if column else self._writing
            if spans.get("row", 1) > 1:
                self._reaching[len(self._cells)] = spans["row"] - 1, cell
            self._cells.append(cell)
            self._own.append(True)

    def _reach_down(self) -> None:
        """Fill the next columns with the cells above that reach into this row."""
        while self._start >= 0 and len(self._cells) in self._reaching:
            column = len(self._cells)
            left, cell = self._reaching[column]
            self._cells.append(cell)
            self._own.append(False)
            del self._reaching[column]
            if left > 1:
                self._reaching[column] = left - 1, cell

    def _take_text(self, piece: Piece) -> None:
        raw = self._text[piece.span.start : piece.span.end]
        cleaned = clean(raw, piece.span.start)
        self.marked.drops += cleaned.drops
        if not cleaned.text:
            return
        if self._writing is not None:
            self._writing.append(cleaned.text)
            self._marks += cleaned.marks
            return
        self.close(piece.span.start)
        place, marks = trimmed(raw, piece.span.start), cleaned.marks
        self.marked.blocks.append(
            Block(Role.TEXT, cleaned.text, place, page=self._page, marks=marks, gap=1)
        )
