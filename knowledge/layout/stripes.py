"""Tables drawn with rules across only, as papers set them: columns are what stands in line."""

from collections.abc import Sequence
from itertools import pairwise

from knowledge.layout.ink import Box, Grid, Rule, Segment
from knowledge.layout.lines import rows_of
from knowledge.layout.tables import write_box

_SAME_END = 4.0
_LEAST_RULES, _LEAST_ROWS, _LEAST_COLUMNS = 3, 2, 2
# Most rows of such a table fill more than one of its columns; paragraphs do not.
_LEAST_SHARE = 0.7
_COLUMN_GAP = 0.5

Row = list[Segment]


def striped(
    across: Sequence[Rule], segments: Sequence[Segment]
) -> tuple[list[Grid], list[Segment]]:
    """The tables between rules of one width, and the segments that stand in none of them."""
    grids: list[Grid] = []
    rest = list(segments)
    for rules in _families(across):
        start = 0
        while start <= len(rules) - _LEAST_RULES:
            end = _last_rule(rules, start, rest)
            grid = _grid(rules[start : end + 1], rest) if end - start >= 2 else None
            if grid is None:
                start += 1
                continue
            grids.append(grid)
            rest = [s for s in rest if not _is_between(s, rules[start], rules[end])]
            start = end + 1
    return grids, rest


def _families(across: Sequence[Rule]) -> list[list[Rule]]:
    """Rules with the same two ends, from top to bottom."""
    families: list[list[Rule]] = []
    for rule in sorted(across):
        for family in families:
            first = family[0]
            if abs(first.start - rule.start) < _SAME_END and abs(first.end - rule.end) < _SAME_END:
                if rule.at - family[-1].at > _SAME_END:
                    family.append(rule)
                break
        else:
            families.append([rule])
    return [family for family in families if len(family) >= _LEAST_RULES]


def _last_rule(rules: Sequence[Rule], start: int, segments: Sequence[Segment]) -> int:
    """The last rule down to which everything stands in columns."""
    end = start
    while end + 1 < len(rules) and _is_tabular(segments, rules[end], rules[end + 1]):
        end += 1
    return end


def _is_tabular(segments: Sequence[Segment], top: Rule, bottom: Rule) -> bool:
    level = [s for s in segments if top.at < s.y < bottom.at + 1]
    if any(s.x0 < top.start - _SAME_END <= s.x1 - 1 or s.x0 < top.end < s.x1 - _SAME_END
           for s in level):  # fmt: skip
        return False
    rows = rows_of(s for s in level if _is_between(s, top, bottom))
    if not rows:
        return False
    return sum(len(row) > 1 for row in rows) >= _LEAST_SHARE * len(rows)


def _is_between(segment: Segment, top: Rule, bottom: Rule) -> bool:
    inside = top.start - _SAME_END <= segment.x0 and segment.x1 <= top.end + _SAME_END
    return inside and top.at < segment.y < bottom.at + 1


def _grid(rules: Sequence[Rule], segments: Sequence[Segment]) -> Grid | None:
    bands = [
        rows_of(s for s in segments if _is_between(s, top, bottom))
        for top, bottom in pairwise(rules)
    ]
    edges = columns_of([row for band in bands[1:] for row in band])
    if len(edges) - 1 < _LEAST_COLUMNS:
        return None
    rows = [[segment for line in bands[0] for segment in line]]
    ruled = len(bands) > 2 and sum(len(band) for band in bands[1:]) <= 2 * len(bands[1:])
    for band in bands[1:]:
        if ruled:
            rows.append([segment for line in band for segment in line])
        else:
            rows.extend(_logical_rows(band, edges))
    if len(rows) - 1 < _LEAST_ROWS:
        return None
    return written(rows, edges, (rules[0].start, rules[0].at, rules[0].end, rules[-1].at))


def columns_of(rows: Sequence[Row]) -> list[float]:
    """The edges of the columns: the middles of the gaps that no row of several cells fills."""
    filled: list[list[float]] = []
    parts = sorted((s.x0, s.x1, s.size) for row in rows if len(row) > 1 for s in row)
    for x0, x1, size in parts:
        if filled and x0 - filled[-1][1] < _COLUMN_GAP * size:
            filled[-1][1] = max(filled[-1][1], x1)
        else:
            filled.append([x0, x1])
    if not filled:
        return []
    inner = [(left[1] + right[0]) / 2 for left, right in pairwise(filled)]
    return [filled[0][0] - 1, *inner, filled[-1][1] + 1]


def _logical_rows(band: Sequence[Row], edges: Sequence[float]) -> list[Row]:
    """Lines of a band as rows: a line that fills few columns and not the first goes on above."""
    rows: list[Row] = []
    for line in band:
        columns = {column for segment in line for column in covered(segment, edges)}
        if rows and 0 not in columns and 2 * len(columns) <= len(edges) - 1:
            rows[-1] = [*rows[-1], *line]
        else:
            rows.append(list(line))
    return rows


def covered(segment: Segment, edges: Sequence[float]) -> list[int]:
    """The columns a segment stands in: all that it reaches well into."""
    reach = 0.3 * segment.size
    columns = [
        column
        for column, (left, right) in enumerate(pairwise(edges))
        if segment.x0 < right - reach and segment.x1 > left + reach
    ]
    return columns or [0]


def written(
    rows: Sequence[Row], edges: Sequence[float], frame: tuple[float, float, float, float]
) -> Grid:
    """Rows as boxes; a header over several columns is said over each of them."""
    left, top, right, bottom = frame
    bounds = (left, *edges[1:-1], right)
    boxes = []
    for number, row in enumerate(rows):
        cells: dict[int, list[Segment]] = {}
        for segment in row:
            columns = covered(segment, edges)
            for column in columns if number == 0 else columns[:1]:
                cells.setdefault(column, []).append(segment)
        for column in range(len(edges) - 1):
            box = Box(number, column, 1, 1, bounds[column], bounds[column + 1])
            if column in cells:
                write_box(box, cells[column])
            boxes.append(box)
    step = (bottom - top) / len(rows)
    levels = tuple(top + step * number for number in range(len(rows) + 1))
    return Grid(bounds, levels, boxes)
