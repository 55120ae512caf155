"""Tables without any rules: rows of three or more cells that stand exactly in line."""

from collections.abc import Sequence
from itertools import pairwise

from knowledge.layout.ink import Grid, Segment
from knowledge.layout.lines import rows_of
from knowledge.layout.stripes import Row, columns_of, covered, written

_LEAST_ROWS, _LEAST_CELLS = 3, 3
_CELL_GAP = 1.2
_LEAST_FILLED = 0.8
# A cell's further lines, and the distance to the next row, in ems.
_MOST_BETWEEN, _MOST_PITCH = 4, 4.0


def aligned(segments: Sequence[Segment]) -> tuple[list[Grid], list[Segment]]:
    """The tables that alignment alone makes certain, and the segments of none of them."""
    rows = rows_of(segments)
    grids: list[Grid] = []
    used: set[int] = set()
    start = 0
    while start < len(rows):
        stretch = _stretch(rows, start)
        grid = _grid(stretch) if stretch else None
        if grid is None:
            start += 1
            continue
        grids.append(grid)
        used |= {id(segment) for row in stretch for segment in row}
        start += len(stretch)
    return grids, [segment for segment in segments if id(segment) not in used]


def _stretch(rows: Sequence[Row], start: int) -> Sequence[Row]:
    """From a row of cells to the last one below it, with the further lines of cells between."""
    if not _has_cells(rows[start]):
        return ()
    end, last = start, start
    while end + 1 < len(rows) and _follows(rows[end], rows[end + 1]) and end - last < _MOST_BETWEEN:
        end += 1
        if _has_cells(rows[end]):
            last = end
        elif not _is_within(rows[end], rows[start : last + 1]):
            break
    return rows[start : last + 1]


def _has_cells(row: Row) -> bool:
    gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
    wide = [gap for gap in gaps if gap >= _CELL_GAP * row[0].size]
    # A footnote's mark stands close behind its word.
    close = [gap for gap in gaps if gap < 0.5 * row[0].size]
    return len(wide) >= _LEAST_CELLS - 1 and len(wide) + len(close) == len(gaps)


def _follows(above: Row, below: Row) -> bool:
    return below[0].y - above[0].y <= _MOST_PITCH * above[0].size


def _is_within(row: Row, above: Sequence[Row]) -> bool:
    """One more line of a cell that is not the first of its row."""
    edges = columns_of(above)
    return len(row) < _LEAST_CELLS and all(
        covered(part, edges) != [0] and len(covered(part, edges)) == 1 for part in row
    )


def _grid(stretch: Sequence[Row]) -> Grid | None:
    whole = [row for row in stretch if _has_cells(row)]
    edges = columns_of(whole)
    count = len(edges) - 1
    if len(whole) < _LEAST_ROWS or count < _LEAST_CELLS:
        return None
    filled = [[covered(part, edges) for part in row] for row in whole]
    if any(len(columns) != 1 for row in filled for columns in row):
        return None
    if sum(len({c[0] for c in row}) for row in filled) < _LEAST_FILLED * count * len(whole):
        return None
    if _is_contents(whole):
        return None
    rows: list[Row] = []
    for row in stretch:
        if _has_cells(row):
            rows.append(list(row))
        else:
            rows[-1].extend(row)
    top, bottom = stretch[0][0].top, stretch[-1][0].bottom
    return written(rows, edges, (edges[0], top, edges[-1], bottom))


def _is_contents(rows: Sequence[Row]) -> bool:
    """Page numbers that count up on the right: a list of contents, not a table."""
    numbers = [row[-1].text for row in rows]
    if not all(number.isdigit() for number in numbers):
        return False
    return all(int(a) <= int(b) for a, b in pairwise(numbers)) and len(rows[0]) == _LEAST_CELLS
