"""What columns and pages cut in two is made whole: paragraphs, tables, and notes at the foot."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.layout.ink import Grid
from knowledge.layout.measures import Measures
from knowledge.layout.paragraphs import Paragraph, begins_item, has_ended, is_full
from knowledge.readers.superscript import mark_name

_SMALLER: Final = 0.93
_NOTE_START: Final = re.compile(
    r"([①-⑳]|[*＊†‡]{1,3}|[\[［](\d{1,3})[\]］]|\d{1,3}(?=\s|[.．、]))\s*"
)
_SAME_EDGE: Final = 6.0


@dataclass
class Table:
    """A table with the page each of its parts begins on."""

    parts: list[tuple[int, Grid]]

    @property
    def last(self) -> tuple[int, Grid]:
        return self.parts[-1]


Element = Paragraph | Table


def mark_notes(flow: Sequence[Element], called: frozenset[str], measures: Measures) -> None:
    """The small paragraphs at a column's foot that begin with a mark `called` above are notes."""
    small: list[Paragraph] = []
    for element in reversed(flow):
        if not isinstance(element, Paragraph) or element.size >= _SMALLER * measures.body:
            break
        small.insert(0, element)
    mark = ""
    for paragraph in small:
        own = _note_mark(paragraph)
        mark = (own if own in called else "") if own else mark
        paragraph.notes = (mark,) if mark else ()


def _note_mark(paragraph: Paragraph) -> str:
    line = paragraph.lines[0]
    if line.marks and line.parts and line.x0 < line.parts[0].x0:
        return line.marks[0]
    found = _NOTE_START.match(line.text)
    return mark_name(found[2] or found[1]) if found else ""


def stitched(flows: Sequence[Sequence[Element]]) -> list[Element]:
    """All columns as one text: a paragraph or table that goes on in the next is joined to it."""
    whole: list[Element] = []
    indented = _is_indented([e for flow in flows for e in flow if isinstance(e, Paragraph)])
    open_end: Element | None = None
    for flow in flows:
        first = True
        for element in flow:
            if isinstance(element, Paragraph) and (element.lines[0].rule or element.notes):
                whole.append(element)
                continue
            if first and open_end and _joins(open_end, element, indented=indented):
                element = open_end
            else:
                whole.append(element)
            open_end, first = element, False
    return whole


def _joins(before: Element, after: Element, *, indented: bool) -> bool:
    """Join the second to the first when it goes on where the first broke off."""
    if isinstance(before, Table) and isinstance(after, Table):
        return _join_tables(before, after)
    if isinstance(before, Table) or isinstance(after, Table):
        return False
    if not _goes_on(before, after, indented=indented):
        return False
    before.lines.extend(after.lines)
    before.left, before.right = after.left, after.right
    return True


def _goes_on(before: Paragraph, after: Paragraph, *, indented: bool) -> bool:
    last, line = before.lines[-1], after.lines[0]
    alike = abs(last.size - line.size) <= 0.1 * line.size and last.weight == line.weight
    if not alike or last.level or line.level or begins_item(before.lines[0], last, line):
        return False
    if not is_full(last, line, before.right):
        return False
    if line.x0 - after.left > min(0.6 * line.size, last.x0 - before.left + 0.6 * line.size):
        return False
    # Where paragraphs begin with an indent, a line without one goes on even after a full stop.
    return indented or not has_ended(last.text)


def _is_indented(paragraphs: Sequence[Paragraph]) -> bool:
    shifts = [p.lines[0].x0 - p.lines[1].x0 > p.size for p in paragraphs if len(p.lines) > 1]
    return 2 * sum(shifts) > len(shifts)


def _join_tables(before: Table, after: Table) -> bool:
    page, grid = before.last
    next_page, next_grid = after.parts[0]
    edges = _common_edges(grid.edges, next_grid.edges)
    if not edges or next_page - page > 1:
        return False
    before.parts.extend(after.parts)
    for _, part in before.parts:
        _refit(part, edges)
    return True


def _common_edges(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    """The edges of the table with more columns, when the other has no edge besides them."""
    few, many = sorted((one, other), key=len)
    shift = many[0] - few[0]
    ends = abs(many[-1] - few[-1] - shift) < _SAME_EDGE
    found = all(any(abs(edge + shift - e) < _SAME_EDGE for e in many) for edge in few)
    return tuple(many) if ends and found and len(few) > 2 else ()


def _refit(grid: Grid, edges: tuple[float, ...]) -> None:
    """Count the columns of a part as the whole table counts them."""
    shift = edges[0] - grid.edges[0]
    place = [min(range(len(edges)), key=lambda n: abs(edges[n] - edge - shift))
             for edge in grid.edges]  # fmt: skip
    for box in grid.boxes:
        end = place[box.column + box.columns]
        box.column = place[box.column]
        box.columns = end - box.column
    grid.edges = edges
