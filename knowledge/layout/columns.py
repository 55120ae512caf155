"""Reading order: columns are found by the gutter that nothing crosses, and read one by one."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from knowledge.layout.ink import Flow, Grid, Line, Segment
from knowledge.layout.lines import line_of, rows_of

Piece = Segment | Grid

_LEAST_LINES = 5
# A column is at least this wide, in parts of the text's width and in ems.
_LEAST_SHARE, _LEAST_EMS = 0.18, 9
# So many of a column's lines run through it, on its fuller and on its emptier side: a list of
# names and values does not.
_LEAST_FULL = (0.3, 0.5)
_THROUGH = 0.85
_MOST_DEPTH = 3
# Pieces whose lower edges are this near, in points, stand on one line of the page.
_LEVEL = 3.0
_BORDER = 9.0


def flows_of(pieces: Sequence[Piece], depth: int = 0) -> list[Flow]:
    """The page's columns in reading order, each with its lines and tables from top to bottom."""
    gutter = _gutter(pieces) if depth < _MOST_DEPTH else None
    if gutter is None:
        return [flow_of(pieces)] if pieces else []
    flows: list[Flow] = []
    for zone, is_parted in _zones(pieces, gutter):
        if is_parted:
            flows += flows_of([piece for piece in zone if not _is_right(piece, gutter)], depth + 1)
            flows += flows_of([piece for piece in zone if _is_right(piece, gutter)], depth + 1)
        else:
            flows.append(flow_of(zone))
    return flows


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """A place just left of an edge that many lines share, with columns on both its sides."""
    segments = [piece for piece in pieces if isinstance(piece, Segment)]
    if len(segments) < 2 * _LEAST_LINES:
        return None
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    em = median(s.size for s in segments)
    least = max(_LEAST_SHARE * (right - left), _LEAST_EMS * em)
    edges = Counter(round(s.x0) for s in segments if left + least < s.x0 < right - least)
    for edge, _ in edges.most_common(6):
        aligned = [s.x0 for s in segments if abs(s.x0 - edge) <= 1.5]
        gutter = min(aligned) - 0.2 * em
        if len(aligned) >= _LEAST_LINES and any(
            _is_parted(zone, gutter, _LEAST_LINES) for zone in _cut(pieces, gutter)
        ):
            return gutter
    return None


def _zones(pieces: Sequence[Piece], gutter: float) -> list[tuple[list[Piece], bool]]:
    """The page from top to bottom, cut where columns begin or end; which parts are columns."""
    zones: list[tuple[list[Piece], bool]] = []
    for zone in _cut(pieces, gutter):
        is_parted = _is_parted(zone, gutter, 1)
        if zones and not is_parted and not zones[-1][1]:
            zones[-1][0].extend(zone)
        else:
            zones.append((zone, is_parted))
    return zones


def _cut(pieces: Sequence[Piece], gutter: float) -> list[list[Piece]]:
    """Pieces from top to bottom: runs that cross the gutter, and runs that keep clear of it."""
    crossed = {
        level
        for piece in pieces
        if _crosses(piece, gutter)
        for level in range(_level(piece.top + 0.5 * _LEVEL), _level(piece.bottom) + 1)
    }
    zones: list[tuple[bool, list[Piece]]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.bottom, piece.x0)):
        crosses = _level(piece.bottom) in crossed or _crosses(piece, gutter)
        if zones and zones[-1][0] == crosses:
            zones[-1][1].append(piece)
        else:
            zones.append((crosses, [piece]))
    return [zone for _, zone in zones]


def _crosses(piece: Piece, gutter: float) -> bool:
    """Whether a piece spans both columns; the borders of a table reach out of its column."""
    reach = _BORDER if isinstance(piece, Grid) else 0.0
    return piece.x0 + reach < gutter < piece.x1 - reach


def _is_right(piece: Piece, gutter: float) -> bool:
    return piece.x0 + piece.x1 > 2 * gutter


def _level(height: float) -> int:
    return round(height / _LEVEL)


def _is_parted(zone: Sequence[Piece], gutter: float, least: int) -> bool:
    """Whether both sides of the gutter hold lines that run through their column."""
    if any(_crosses(piece, gutter) for piece in zone):
        return False
    left = [piece for piece in zone if not _is_right(piece, gutter)]
    right = [piece for piece in zone if _is_right(piece, gutter)]
    if min(_rows(left), _rows(right)) < least:
        return False
    shares = sorted((_full(left), _full(right)))
    return all(share >= least for share, least in zip(shares, _LEAST_FULL, strict=True))


def _rows(pieces: Sequence[Piece]) -> int:
    return len({_level(piece.bottom) for piece in pieces})


def _full(pieces: Sequence[Piece]) -> float:
    """The share of a column's lines that run through most of its width."""
    width = max(p.x1 for p in pieces) - min(p.x0 for p in pieces)
    rows: dict[int, list[Piece]] = {}
    for piece in pieces:
        rows.setdefault(_level(piece.bottom), []).append(piece)
    reach = [max(p.x1 for p in row) - min(p.x0 for p in row) for row in rows.values()]
    return sum(wide >= _THROUGH * width for wide in reach) / len(reach)


def flow_of(pieces: Sequence[Piece]) -> Flow:
    """One column's lines and tables from top to bottom."""
    placed: list[tuple[float, Line | Grid]] = [
        (piece.top, piece) for piece in pieces if isinstance(piece, Grid)
    ]
    for row in rows_of(piece for piece in pieces if isinstance(piece, Segment)):
        line = line_of(row)
        placed.append((line.y, line))
    items = [item for _, item in sorted(placed, key=lambda place: place[0])]
    return Flow(items, min(p.x0 for p in pieces), max(p.x1 for p in pieces))
