"""Rules that cross one another make a lattice: the cells of a table, merged ones included."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.layout.ink import Box, Grid, Rule

# How far, in points, rules may miss each other and still meet.
_NEAR = 3.0
_SAME = 2.0
_MOST_RULES = 500
_MOST_CELLS = 20_000
# A border need not run along the whole side of a cell to part it from its neighbour.
_COVERED = 0.6


@dataclass
class _Mesh:
    across: list[Rule]
    down: list[Rule]


def lattices(across: Sequence[Rule], down: Sequence[Rule]) -> list[Grid]:
    """The tables drawn with rules on a page, their boxes still without text."""
    across, down = _merged(across), _merged(down)
    if not across or not down or len(across) > _MOST_RULES or len(down) > _MOST_RULES:
        return []
    grids = [_grid(mesh) for mesh in _meshes(across, down)]
    return _outermost([grid for grid in grids if grid is not None])


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules drawn piece by piece, or twice, as one."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules):
        if levels and rule.at - levels[-1][-1].at <= _SAME:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    merged = []
    for level in levels:
        at = sum(rule.at for rule in level) / len(level)
        start, end = 0.0, -1.0
        for rule in sorted(level, key=lambda rule: rule.start):
            if end < start or rule.start > end + _NEAR:
                merged += [Rule(at, start, end)] if end > start else []
                start, end = rule.start, rule.end
            else:
                end = max(end, rule.end)
        merged.append(Rule(at, start, end))
    return merged


def _meshes(across: Sequence[Rule], down: Sequence[Rule]) -> list[_Mesh]:
    """Rules that touch, directly or through others, belong to one mesh."""
    owner = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for i, flat in enumerate(across):
        for j, steep in enumerate(down, len(across)):
            if _meet(flat, steep):
                owner[root(i)] = root(j)
    meshes: dict[int, _Mesh] = {}
    for i, flat in enumerate(across):
        meshes.setdefault(root(i), _Mesh([], [])).across.append(flat)
    for j, steep in enumerate(down, len(across)):
        meshes.setdefault(root(j), _Mesh([], [])).down.append(steep)
    return [mesh for mesh in meshes.values() if mesh.across and mesh.down]


def _meet(flat: Rule, steep: Rule) -> bool:
    return (
        flat.start - _NEAR <= steep.at <= flat.end + _NEAR
        and steep.start - _NEAR <= flat.at <= steep.end + _NEAR
    )


def _grid(mesh: _Mesh) -> Grid | None:
    """A mesh as cells; open sides are closed where its rules end."""
    left, right = min(r.start for r in mesh.across), max(r.end for r in mesh.across)
    xs = _edges([rule.at for rule in mesh.down], left, right)
    drawn = [rule.at for rule in mesh.across]
    ys = _edges(drawn, min(r.start for r in mesh.down), max(r.end for r in mesh.down))
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS:
        return None
    boxes = _boxes(mesh, xs, ys)
    if len(boxes) < 2 or max(box.column for box in boxes) == 0:
        return None
    above, below = ys[0] < drawn[0] - _NEAR, ys[-1] > drawn[-1] + _NEAR
    return Grid(tuple(xs), tuple(ys), boxes, is_open_above=above, is_open_below=below)


def _edges(places: Sequence[float], first: float, last: float) -> list[float]:
    edges = sorted(places)
    if not edges or first < edges[0] - 2 * _NEAR:
        edges.insert(0, first)
    if last > edges[-1] + 2 * _NEAR:
        edges.append(last)
    kept = [edges[0]]
    for edge in edges[1:]:
        if edge - kept[-1] > 2 * _SAME:
            kept.append(edge)
    return kept


def _boxes(mesh: _Mesh, xs: Sequence[float], ys: Sequence[float]) -> list[Box]:
    """Cells that no rule parts are one; a merged cell is taken to be a rectangle."""
    steep = [[rule for rule in mesh.down if abs(rule.at - x) <= 2 * _SAME] for x in xs]
    flat = [[rule for rule in mesh.across if abs(rule.at - y) <= 2 * _SAME] for y in ys]
    taken: set[tuple[int, int]] = set()
    boxes = []
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < len(xs) - 1 and (row, right) not in taken:
                if _is_drawn(steep[right], top, bottom):
                    break
                right += 1
            below = row + 1
            while below < len(ys) - 1 and not _is_drawn(flat[below], xs[column], xs[right]):
                below += 1
            taken |= {(r, c) for r in range(row, below) for c in range(column, right)}
            boxes.append(Box(row, column, below - row, right - column, xs[column], xs[right]))
    return boxes


def _is_drawn(rules: Sequence[Rule], start: float, end: float) -> bool:
    drawn = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return drawn >= _COVERED * (end - start)


def _outermost(grids: list[Grid]) -> list[Grid]:
    """A table inside a cell of another is text of that cell."""
    return [
        grid
        for grid in grids
        if not any(other is not grid and _holds(other, grid) for other in grids)
    ]


def _holds(outer: Grid, inner: Grid) -> bool:
    return (
        outer.x0 - _NEAR <= inner.x0
        and inner.x1 <= outer.x1 + _NEAR
        and outer.top - _NEAR <= inner.top
        and inner.bottom <= outer.bottom + _NEAR
        and (outer.x1 - outer.x0) * (outer.bottom - outer.top)
        > (inner.x1 - inner.x0) * (inner.bottom - inner.top)
    )
