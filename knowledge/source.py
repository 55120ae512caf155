"""What a reader hands over: the text it read and its blocks, before any structure is understood."""

from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.document import Drop, Span


class Role(StrEnum):
    """What the file itself says a block is."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """One line, paragraph, list item or table row as it stands in the file.

    `text` is clean of marks; `span` points at it in the source text, marks included.
    `level` is a heading's rank as the file gives it (1 is the highest), or a list item's depth.
    `gap` is the number of blank lines before it, `wrapped` says that line breaks here mean nothing.
    """

    role: Role
    text: str
    span: Span
    level: int = 0
    page: int | None = None
    table: int | None = None
    cells: tuple[tuple[str, ...], ...] = ()
    is_header: bool = False
    marks: tuple[str, ...] = ()
    gap: int = 0
    wrapped: bool = False
    rule: str = ""


@dataclass(frozen=True)
class Source:
    """Everything a reader found, in reading order.

    `whole_paragraphs` says that each block is a paragraph of the file itself: none is cut in two.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    pages: int | None = None
    warnings: tuple[str, ...] = field(default=())
    drops: tuple[Drop, ...] = ()
    whole_paragraphs: bool = False


class SourceBuilder:
    """For files that have no text of their own: writes it block by block and keeps the spans."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._tables = 0

    def add(
        self,
        role: Role,
        text: str,
        *,
        level: int = 0,
        page: int | None = None,
        marks: tuple[str, ...] = (),
        gap: int = 0,
        wrapped: bool = False,
        rule: str = "",
    ) -> None:
        """Add a block; one with a `rule` is kept in the text and dropped from the passages."""
        clean = text.strip()
        if not clean:
            return
        span = self._write(clean)
        self._blocks.append(
            Block(
                role, clean, span, level=level, page=page,
                marks=marks, gap=gap, wrapped=wrapped, rule=rule,
            )
        )  # fmt: skip

    def open_table(self) -> int:
        """A new table's number, to pass to `add_row`."""
        self._tables += 1
        return self._tables - 1

    def add_row(
        self,
        table: int,
        cells: tuple[tuple[str, ...], ...],
        *,
        is_header: bool = False,
        page: int | None = None,
        marks: tuple[str, ...] = (),
    ) -> None:
        """Add a table row; each cell is a tuple of its paragraphs or list items."""
        text = row_text(cells)
        if not text:
            return
        span = self._write(text)
        self._blocks.append(
            Block(
                Role.ROW, text, span, page=page, table=table,
                cells=cells, is_header=is_header, marks=marks,
            )
        )  # fmt: skip

    def build(
        self, *, title: str = "", pages: int | None = None, warnings: tuple[str, ...] = ()
    ) -> Source:
        whole = not any(block.wrapped for block in self._blocks)
        text = "".join(self._parts)
        return Source(text, tuple(self._blocks), title, pages, warnings, whole_paragraphs=whole)

    def _write(self, text: str) -> Span:
        start = self._length
        self._parts.append(text + "\n")
        self._length += len(text) + 1
        return Span(start, start + len(text))


def row_text(cells: tuple[tuple[str, ...], ...]) -> str:
    """A row as a person reads it: filled cells parted by bars, a cell's items by semicolons."""
    written = ("；".join(part.strip() for part in cell if part.strip()) for cell in cells)
    return " | ".join(cell for cell in written if cell)
