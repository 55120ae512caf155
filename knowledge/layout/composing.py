"""The sheets of a whole document become its blocks: headings, text, tables and notes in order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from knowledge.layout.characters import compounds_in, join_lines
from knowledge.layout.furniture import mark_furniture
from knowledge.layout.headings import Bookmark, mark_bookmarks, rank_headings
from knowledge.layout.ink import Grid, Sheet
from knowledge.layout.measures import measure
from knowledge.layout.paragraphs import Paragraph, has_ended, paragraphs_of
from knowledge.layout.stitching import Element, Table, mark_notes, stitched
from knowledge.readers.grid import Cell, write_table
from knowledge.source import Role, Source, SourceBuilder

_HEADER: Final = "repeated header"
_MOST_HEADERS: Final = 4
_BULLET: Final = re.compile(r"[•●○■◆◇▪▶►–]\s*(?=\S)")
_ENDS: Final = "。！？!?"


def compose(
    sheets: Sequence[Sheet], bookmarks: Iterable[Bookmark] = (), *, declared: str = "",
    pages: int = 0, warnings: Sequence[str] = (),
) -> Source:  # fmt: skip
    """Everything the pages hold as blocks; `declared` is the title that the file claims."""
    mark_furniture(sheets)
    mark_bookmarks(sheets, bookmarks)
    measures = measure(sheets)
    flows: list[list[Element]] = []
    for sheet in sheets:
        called = frozenset(mark for line in sheet.lines for mark in line.marks)
        for flow in sheet.flows:
            parts = paragraphs_of(flow, sheet.number, measures)
            elements = [Table([(sheet.number, p)]) if isinstance(p, Grid) else p for p in parts]
            mark_notes([e for e in elements if not _is_furniture(e)], called, measures)
            flows.append(elements)
    elements = stitched(flows)
    text = [
        e for e in elements if isinstance(e, Paragraph) and not _is_furniture(e) and not e.notes
    ]
    title = rank_headings(text, measures)
    writer = _Writer(elements)
    writer.write(elements, sheets)
    return writer.builder.build(
        title=_named(declared, text) or (title.text() if title else ""),
        pages=pages or len(sheets),
        warnings=tuple(warnings),
    )


def _is_furniture(element: Element) -> bool:
    return isinstance(element, Paragraph) and bool(element.lines[0].rule)


def _named(declared: str, text: Sequence[Paragraph]) -> str:
    """The title a file claims, when its first pages bear it out: many claim another's."""
    bare = "".join(declared.split())
    opening = "".join("".join(p.text().split()) for p in text[:40])
    return declared if len(bare) > 3 and bare in opening else ""


class _Writer:
    """Puts elements into a builder, in order."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self.builder = SourceBuilder()
        paragraphs = [e for e in elements if isinstance(e, Paragraph)]
        self._compounds = compounds_in(
            " ".join(line.text for paragraph in paragraphs for line in paragraph.lines)
        )

    def write(self, elements: Iterable[Element], sheets: Sequence[Sheet]) -> None:
        for element in elements:
            if isinstance(element, Table):
                self._table(element)
            else:
                self._paragraph(element)
        for sheet in sheets:
            for aside in sheet.aside:
                self.builder.add(Role.FURNITURE, aside.text, page=sheet.number, rule=aside.rule)

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text(self._compounds)
        rule = paragraph.lines[0].rule
        if rule:
            self.builder.add(Role.FURNITURE, text, page=paragraph.page, rule=rule)
        elif paragraph.notes:
            self.builder.add(Role.NOTE, text, page=paragraph.page, marks=paragraph.notes)
        elif paragraph.level:
            self.builder.add(
                Role.HEADING, text, level=paragraph.level, page=paragraph.page,
                marks=paragraph.marks, gap=1,
            )  # fmt: skip
        else:
            clean = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
            role = Role.TEXT if clean == text else Role.ITEM
            self.builder.add(
                role, clean, level=int(role is Role.ITEM), page=paragraph.page,
                marks=paragraph.marks, gap=1,
            )  # fmt: skip

    def _table(self, table: Table) -> None:
        rows = _cells(*table.parts[0])
        head = [_row_text(row) for row in rows]
        for (_, before), (page, grid) in pairwise(table.parts):
            fresh = _cells(page, grid)
            again = _repeated(head, fresh)
            for row in fresh[:again]:
                self.builder.add(Role.FURNITURE, _row_text(row), page=page, rule=_HEADER)
            open_row = before.is_open_below or (grid.is_open_above and not again)
            if again < len(fresh) and _is_cut(rows[-1], fresh[again], is_open=open_row):
                rows[-1] = [_glued(a, b) for a, b in zip(rows[-1], fresh[again], strict=True)]
                again += 1
            rows.extend(fresh[again:])
        write_table(self.builder, rows, page=table.parts[0][0])


def _repeated(head: Sequence[str], fresh: Sequence[Sequence[Cell]]) -> int:
    """How many rows at the top of the next page are the table's first rows once more."""
    again = 0
    while again < min(len(head), len(fresh), _MOST_HEADERS) and head[again] == _row_text(
        fresh[again]
    ):
        again += 1
    return again


def _is_cut(last: Sequence[Cell], row: Sequence[Cell], *, is_open: bool) -> bool:
    """Whether a row is the rest of the one before: little in it, and none of it a beginning."""
    if len(last) != len(row) or not row or row[0].text or not last[0].text:
        return False
    if is_open:
        return True
    filled = [(a, b) for a, b in zip(last, row, strict=True) if b.text]
    return 2 * len(filled) <= len(row) and all(
        a.text and a.rows == 1 and a.text[-1] not in _ENDS for a, _ in filled
    )


def _glued(cell: Cell, rest: Cell) -> Cell:
    if not rest.text:
        return cell
    parts = cell.parts + rest.parts
    if cell.text and not has_ended(cell.text):
        whole = join_lines(cell.parts[-1], rest.parts[0])
        parts = (*cell.parts[:-1], whole, *rest.parts[1:])
    return replace(cell, parts=parts, marks=cell.marks + rest.marks)


def _cells(page: int, grid: Grid) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in range(grid.height)]
    for box in sorted(grid.boxes, key=lambda box: (box.row, box.column)):
        rows[box.row].append(
            Cell(box.parts, box.columns, box.rows, stands_out=box.bold, marks=box.marks, page=page)
        )
    return rows


def _row_text(row: Sequence[Cell]) -> str:
    return " | ".join(cell.text for cell in row)
