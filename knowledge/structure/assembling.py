"""Blocks and headings become sections, passages and tables."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from knowledge.document import Drop, Kind, Passage, Reading, Span, Table
from knowledge.source import Block, Role, Source
from knowledge.structure.heading import Heading
from knowledge.structure.ladder import rung_of
from knowledge.structure.notes import link_notes, with_notes
from knowledge.structure.placing import Places
from knowledge.structure.splitting import Piece, split
from knowledge.structure.tables import Gathered, TableGatherer
from knowledge.structure.tree import Tree

_KINDS: Final = {Role.ITEM: Kind.ITEM, Role.NOTE: Kind.NOTE, Role.HEADING: Kind.PARAGRAPH}


class Assembly:
    """Takes blocks in reading order and writes them down as they fall into place."""

    def __init__(self, title: str, source: Source, drops: Iterable[Drop], places: Places) -> None:
        self._source = source
        self._drops = [*drops, *source.drops]
        self._places = places
        self._tree = Tree(title)
        self._gatherer = TableGatherer()
        self._passages: list[Passage] = []
        self._marks: dict[int, tuple[str, ...]] = {}
        self._tables: list[Table] = []

    def add(self, block: Block, heading: Heading | None, *, is_title: bool = False) -> None:
        """Write a block: into the open section, or as the heading of a new one."""
        if block.role is Role.ROW:
            self._tree.leave_brief()
            self._write_table(self._gatherer.add(block))
            return
        self._write_table(self._gatherer.end(block))
        self._tree.leave_brief()
        if heading is None:
            self._write(block, Kind.HEADING if is_title else _kind(block), block.text, block.span)
            return
        self._tree.open(heading, block.page)
        if heading.cut is None:
            self._write(block, Kind.HEADING, heading.title, block.span)
        else:
            self._write_cut(block, heading.cut)

    def rise(self) -> None:
        """What comes next stands in no numbered section."""
        self._write_table(self._gatherer.end(None))
        self._tree.rise()

    def finish(self) -> Reading:
        self._write_table(self._gatherer.end(None))
        source = self._source
        return Reading(
            text=source.text,
            title=self._tree.sections[0].title,
            sections=tuple(self._tree.sections),
            passages=tuple(link_notes(self._passages, self._marks)),
            tables=tuple(with_notes(table, self._passages) for table in self._tables),
            drops=tuple(sorted(self._drops, key=lambda drop: drop.span.start)),
            pages=source.pages,
            warnings=source.warnings,
        )

    def _write_cut(self, block: Block, cut: int) -> None:
        """A heading with its text on the same line: two passages, or one when nothing is cut."""
        if not cut:
            self._write(block, Kind.PARAGRAPH, block.text, block.span)
            return
        title, text, span = block.text[:cut].strip(), block.text[cut:].strip(), block.span
        middle = self._places.after(sum(sign.isalnum() for sign in title), span)
        self._write(block, Kind.HEADING, title, Span(span.start, middle))
        self._write(block, Kind.PARAGRAPH, text, Span(middle, span.end))

    def _write(self, block: Block, kind: Kind, text: str, span: Span) -> None:
        whole = kind is Kind.HEADING
        for piece in [Piece(text, span)] if whole else split(text, span, self._places):
            piece_kind = Kind.ITEM if piece.is_item and kind is Kind.PARAGRAPH else kind
            passage = Passage(piece_kind, piece.text, piece.span, self._tree.here, block.page)
            self._append(passage, block.marks)

    def _write_table(self, gathered: Gathered | None) -> None:
        if gathered is None:
            return
        if gathered.repeated is not None:
            self._drops.append(Drop("repeated header", gathered.repeated.span))
        number = len(self._tables) - (1 if gathered.continues else 0)
        written = tuple(self._write_row(row, number) for row in gathered.rows)
        if gathered.continues:
            table = self._tables[number]
            self._tables[number] = replace(table, rows=table.rows + written)
        else:
            rows = written[1:] if gathered.header else written
            here = self._tree.here
            self._tables.append(Table(here, gathered.caption, gathered.header, rows))

    def _write_row(self, row: Block, table: int) -> int:
        passage = Passage(
            Kind.ROW, row.text, row.span, self._tree.here, row.page, table=table, cells=row.cells
        )
        return self._append(passage, row.marks)

    def _append(self, passage: Passage, marks: tuple[str, ...]) -> int:
        number = len(self._passages)
        if marks:
            self._marks[number] = marks
        self._passages.append(passage)
        return number


def _kind(block: Block) -> Kind:
    if block.role in _KINDS:
        return _KINDS[block.role]
    rung = rung_of(block.text)
    # A line that begins with its own number is an item, unless it only names a division.
    return Kind.ITEM if rung and rung.rest and rung.kind not in {"附件", "——"} else Kind.PARAGRAPH
