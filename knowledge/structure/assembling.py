"""Blocks and headings become sections, passages and tables."""

from collections.abc import Sequence
from typing import Final

from knowledge.document import Drop, Kind, Passage, Reading, Section, Span, Table
from knowledge.source import Block, Role, Source
from knowledge.structure.headings import Heading
from knowledge.structure.ladder import rung_of
from knowledge.structure.notes import note_key
from knowledge.structure.splitting import Piece, split
from knowledge.structure.tables import caption_of, goes_on, header_of

_KINDS: Final = {Role.ITEM: Kind.ITEM, Role.NOTE: Kind.NOTE, Role.HEADING: Kind.PARAGRAPH}


class Assembly:
    """Takes blocks in reading order and keeps the tree as it grows."""

    def __init__(self, title: str, source: Source) -> None:
        self._source = source
        self._sections = [Section(title, 0, None)]
        self._open: list[tuple[int, Heading]] = []
        self._back_to: list[tuple[int, Heading]] | None = None
        self._passages: list[Passage] = []
        self._marks: dict[int, tuple[str, ...]] = {}
        self._tables: list[Table] = []
        self._rows: list[Block] = []
        self._last_rows: list[Block] = []
        self._before_table: Block | None = None
        self._repeated: list[Drop] = []

    def add(self, block: Block, heading: Heading | None, *, is_title: bool) -> None:
        if block.role is Role.ROW:
            self._add_row(block)
            return
        self._close_table()
        self._before_table = block
        if self._back_to is not None:
            self._open, self._back_to = self._back_to, None
        if is_title:
            self._write(block, Kind.HEADING)
        elif heading is None:
            self._write(block, _kind(block))
        else:
            self._open_section(block, heading)

    def finish(self, drops: Sequence[Drop]) -> Reading:
        self._close_table()
        everything = [*drops, *self._source.drops, *self._repeated]
        return Reading(
            text=self._source.text,
            title=self._sections[0].title,
            sections=tuple(self._sections),
            passages=tuple(self._linked()),
            tables=tuple(self._with_notes(number) for number in range(len(self._tables))),
            drops=tuple(sorted(everything, key=lambda drop: drop.span.start)),
            pages=self._source.pages,
            warnings=self._source.warnings,
        )

    def _section(self) -> int:
        return self._open[-1][0] if self._open else 0

    def _open_section(self, block: Block, heading: Heading) -> None:
        before = list(self._open)
        self._climb(heading)
        parent = self._section()
        level = self._sections[parent].level + 1
        self._sections.append(Section(heading.title, level, parent, block.page))
        self._open.append((len(self._sections) - 1, heading))
        if heading.cut is None:
            self._append(Kind.HEADING, heading.title, block.span, block)
        else:
            self._write_cut(block, heading.cut)
        if heading.brief:
            self._back_to = before

    def _climb(self, heading: Heading) -> None:
        """Close the sections that this heading does not stand in."""
        for place, (_, above) in enumerate(self._open):
            if above.kind == heading.kind:
                del self._open[place:]
                return
        while self._open and not _contains(self._open[-1][1], heading):
            self._open.pop()

    def _write_cut(self, block: Block, cut: int) -> None:
        """A heading with its text on the same line: two passages, or one when nothing is cut."""
        if cut:
            middle = _place(self._source.text, block.span, block.text[:cut])
            self._append(
                Kind.HEADING, block.text[:cut].strip(), Span(block.span.start, middle), block
            )
            self._append(
                Kind.PARAGRAPH, block.text[cut:].strip(), Span(middle, block.span.end), block
            )
        else:
            self._write(block, Kind.PARAGRAPH)

    def _write(self, block: Block, kind: Kind) -> None:
        text = block.text if kind is Kind.HEADING else block.text.strip()
        self._append(kind, text, block.span, block)

    def _append(self, kind: Kind, text: str, span: Span, block: Block) -> None:
        whole = kind is Kind.HEADING
        pieces = [Piece(text, span)] if whole else split(text, span, self._source.text)
        for piece in pieces:
            self._marks[len(self._passages)] = block.marks
            piece_kind = Kind.ITEM if piece.is_item and kind is Kind.PARAGRAPH else kind
            self._passages.append(
                Passage(piece_kind, piece.text, piece.span, self._section(), block.page)
            )

    def _add_row(self, block: Block) -> None:
        if self._rows and self._rows[0].table != block.table:
            self._close_table()
        if self._back_to is not None:
            self._open, self._back_to = self._back_to, None
        self._rows.append(block)

    def _close_table(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        continued = goes_on(self._last_rows, rows) and self._before_table is None
        header = header_of(rows)
        if continued and rows[0].cells == self._last_rows[0].cells:
            self._repeated.append(Drop("repeated header", rows[0].span))
            body = rows[1:]
        else:
            body = rows
        self._last_rows = rows
        number = len(self._tables) - 1 if continued else len(self._tables)
        written = tuple(self._row(row, number) for row in body)
        if continued:
            table = self._tables[number]
            self._tables[number] = Table(
                table.section, table.caption, table.header, table.rows + written
            )
        else:
            kept = written[1:] if header else written
            caption = caption_of(self._before_table)
            self._tables.append(Table(self._section(), caption, header, kept))
        self._before_table = None

    def _row(self, block: Block, table: int) -> int:
        self._marks[len(self._passages)] = block.marks
        self._passages.append(
            Passage(
                Kind.ROW, block.text, block.span, self._section(), block.page,
                table=table, cells=block.cells,
            )
        )  # fmt: skip
        return len(self._passages) - 1

    def _linked(self) -> list[Passage]:
        """Each passage with the notes that its marks call: the next ones below that bear them."""
        linked: list[Passage] = []
        coming: dict[str, int] = {}
        for number in range(len(self._passages) - 1, -1, -1):
            passage = self._passages[number]
            if passage.kind is Kind.NOTE:
                for key in self._marks[number] or (note_key(passage.text),):
                    coming[key] = number
            else:
                called = [coming[mark] for mark in self._marks[number] if mark in coming]
                passage = _noted(passage, tuple(dict.fromkeys(called)))
            linked.append(passage)
        return linked[::-1]

    def _with_notes(self, number: int) -> Table:
        """A note without a number belongs to the table right above it."""
        table = self._tables[number]
        notes: list[int] = []
        at = max(table.rows, default=len(self._passages)) + 1
        while at < len(self._passages) and self._passages[at].kind is Kind.NOTE:
            if not note_key(self._passages[at].text):
                notes.append(at)
            at += 1
        return Table(table.section, table.caption, table.header, table.rows, tuple(notes))


def _contains(above: Heading, heading: Heading) -> bool:
    """Does a heading stand beneath the one above it: by the file's levels, or by the ladder?"""
    if above.kind == "附件":
        return heading.kind != "附件"
    one_unmarked = above.kind.startswith("#") or heading.kind.startswith("#")
    if above.file_level and heading.file_level and one_unmarked:
        return above.file_level < heading.file_level
    return above.height < heading.height


def _kind(block: Block) -> Kind:
    if block.role in _KINDS:
        return _KINDS[block.role]
    rung = rung_of(block.text)
    # A line that begins with its own number is an item, unless it only names a division.
    return Kind.ITEM if rung and rung.rest and rung.kind not in {"附件", "——"} else Kind.PARAGRAPH


def _place(text: str, span: Span, beginning: str) -> int:
    """Where in the source the beginning of a block ends, white space and marks aside."""
    letters = sum(letter.isalnum() for letter in beginning)
    at = span.start
    while at < span.end and letters:
        letters -= text[at].isalnum()
        at += 1
    while at < span.end and not text[at].isalnum() and text[at] not in "“《（(【「‘":
        at += 1
    return at


def _noted(passage: Passage, notes: tuple[int, ...]) -> Passage:
    if not notes:
        return passage
    return Passage(
        passage.kind, passage.text, passage.span, passage.section, passage.page,
        passage.table, passage.cells, notes,
    )  # fmt: skip
