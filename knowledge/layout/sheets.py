"""One page's ink becomes a sheet: tables first, then the columns of what is left."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from knowledge.layout.aligned import aligned
from knowledge.layout.columns import Piece, flow_of, flows_of
from knowledge.layout.ink import Flow, Grid, Ink, Rule, Segment, Sheet
from knowledge.layout.lattice import lattices
from knowledge.layout.lines import rows_of, segments_of
from knowledge.layout.stripes import striped
from knowledge.layout.tables import fill

# Rows this near the edge of a page, in parts of its height, may be its head or foot.
_EDGE: Final = 0.12
# They stand off by so many of the usual pitches, or by so many ems when they are smaller.
_APART: Final = 1.35
_SMALL_APART: Final = 1.5
_SMALLER: Final = 0.93
_MOST_ROWS: Final = 3


def sheet_of(ink: Ink) -> Sheet:
    """Letters as lines in reading order, with the tables that the page's rules draw."""
    grids = lattices(ink.across, ink.down)
    cuts = [rule for rule in ink.down if any(_is_in(rule, grid) for grid in grids)]
    ruled, segments = fill(grids, segments_of(ink.glyphs, cuts))
    striped_grids, segments = striped(ink.across, segments)
    flows = laid_out(segments, [*ruled, *striped_grids], ink.height)
    return Sheet(ink.number, ink.width, ink.height, flows, ink.aside)


def laid_out(segments: Sequence[Segment], grids: Sequence[Grid], height: float) -> list[Flow]:
    """Columns in reading order; heads and feet that stand off are no part of a column."""
    unruled, segments = aligned(segments)
    grids = [*grids, *unruled]
    rows, pitch = rows_of(segments), _pitch(segments)
    head = _edge_rows(rows, [grid.top for grid in grids], height, pitch)
    under = rows[len(head) :]
    bottoms = [grid.bottom for grid in grids]
    foot = _edge_rows(under[::-1], bottoms, height, pitch, from_below=True)
    body: list[Piece] = [part for row in under[: len(under) - len(foot)] for part in row]
    flows = flows_of([*body, *grids])
    above = [_apart(head)] if head else []
    below = [_apart(foot)] if foot else []
    return [*above, *flows, *below]


def _apart(rows: Sequence[list[Segment]]) -> Flow:
    flow = flow_of([part for row in rows for part in row])
    flow.is_apart = True
    return flow


def _is_in(rule: Rule, grid: Grid) -> bool:
    return grid.x0 - 1 < rule.at < grid.x1 + 1


def _pitch(segments: Sequence[Segment]) -> float:
    """From line to line within one column, in the middle case."""
    columns = sorted(segments, key=lambda part: (round(part.x0), part.y))
    steps = [b.y - a.y for a, b in pairwise(columns) if round(a.x0) == round(b.x0) and b.y > a.y]
    return median(steps) if steps else 0.0


def _edge_rows(
    rows: Sequence[list[Segment]], tables: Sequence[float], height: float, pitch: float,
    *, from_below: bool = False,
) -> Sequence[list[Segment]]:  # fmt: skip
    """The outermost rows near the page's edge, down to the last that stands off from the rest."""
    kept = 0
    for number, row in enumerate(rows[:_MOST_ROWS], 1):
        y, size = row[0].y, max(part.size for part in row)
        if (height - y + size if from_below else y) > _EDGE * height:
            break
        if any(at > y if from_below else at < y for at in tables):
            break
        inner = rows[number] if number < len(rows) else []
        if not inner and not tables:
            break
        gaps = [abs(inner[0].y - y)] if inner else []
        gaps += [abs(at - y) + size for at in tables]
        following = max((part.size for part in inner), default=size)
        smaller = size < _SMALLER * following
        if min(gaps) > (_SMALL_APART * following if smaller else max(_APART * pitch, size)):
            kept = number
    return rows[:kept]
