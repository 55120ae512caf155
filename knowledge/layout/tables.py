"""The text of ruled tables: which letters stand in which cell."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from knowledge.layout.characters import join_lines
from knowledge.layout.ink import Box, Grid, Line, Segment
from knowledge.layout.lines import lead_width, line_of, rows_of

# In ems: how far off the common centre a centred line may be, and room that means a new paragraph.
_CENTRED, _ROOM = 0.8, 0.6
_LEAST_FILLED = 2


def fill(grids: Iterable[Grid], segments: Sequence[Segment]) -> tuple[list[Grid], list[Segment]]:
    """The grids that hold a table's text, and the segments that stand in none of them."""
    filled, rest = [], list(segments)
    for grid in grids:
        inside: dict[int, list[Segment]] = {}
        outside = []
        boxes = {
            (row, column): number
            for number, box in enumerate(grid.boxes)
            for row in range(box.row, box.row + box.rows)
            for column in range(box.column, box.column + box.columns)
        }
        for segment in rest:
            number = boxes.get(_place(grid, segment), -1)
            if number < 0:
                outside.append(segment)
            else:
                inside.setdefault(number, []).append(segment)
        # The rest of a row that a page's end cut may stand in one column only.
        least = 1 if grid.is_open_above or grid.height == 1 else _LEAST_FILLED
        if len({grid.boxes[number].column for number in inside}) >= least:
            for number, letters in inside.items():
                write_box(grid.boxes[number], letters)
            filled.append(grid)
            rest = outside
    return filled, rest


def _place(grid: Grid, segment: Segment) -> tuple[int, int]:
    x, y = (segment.x0 + segment.x1) / 2, segment.y - 0.35 * segment.size
    return bisect_right(grid.levels, y) - 1, bisect_right(grid.edges, x) - 1


def write_box(box: Box, segments: Sequence[Segment]) -> None:
    """Give a cell its paragraphs, marks and weight."""
    lines = [line_of(row) for row in rows_of(segments)]
    box.parts = tuple(_paragraphs(box, lines))
    box.marks = tuple(dict.fromkeys(mark for line in lines for mark in line.marks))
    box.bold = all(line.weight for line in lines)


def _paragraphs(box: Box, lines: Sequence[Line]) -> list[str]:
    margin = min(max(min(line.x0 for line in lines) - box.x0, 1.0), 12.0)
    right = max(box.x1 - margin, max(line.x1 for line in lines))
    centred = _is_centred(lines)
    parts = [lines[0].text]
    for last, line in pairwise(lines):
        room = right - last.x1 - lead_width(line.text, line.size)
        if room > _ROOM * line.size and not centred:
            parts.append(line.text)
        else:
            parts[-1] = join_lines(parts[-1], line.text)
    return parts


def _is_centred(lines: Sequence[Line]) -> bool:
    """Lines about one middle with ragged edges on both sides: a heading broken to fit its cell."""
    middles = [(line.x0 + line.x1) / 2 for line in lines]
    lefts = [line.x0 for line in lines]
    em = lines[0].size
    return max(middles) - min(middles) < _CENTRED * em and max(lefts) - min(lefts) > 0.3 * em
