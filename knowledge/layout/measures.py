"""What is usual in a document: its body size, its line pitch, the edges its text runs between."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.layout.ink import Flow, Line, Sheet

# A frame is believed when this share of a column's lines reaches its right edge.
_REACHING = 0.4
_LEAST_LINES = 4
_RAGGED = 1.5
_USUAL_PITCH = 1.7


@dataclass(frozen=True)
class Measures:
    """The usual sizes and edges of one document."""

    body: float
    weight: int
    pitches: dict[float, float]
    frames: tuple[tuple[float, float], ...]

    def pitch(self, size: float) -> float:
        return self.pitches.get(size, _USUAL_PITCH * size)

    def is_heavy(self, weight: int) -> bool:
        """Whether type of this weight stands out from the text."""
        return weight > self.weight

    def frame(self, flow: Flow) -> tuple[float, float]:
        """The edges a column's text runs between: the narrowest usual ones that hold it."""
        lines = [line for line in flow.lines if not line.rule]
        if not lines:
            return flow.left, flow.right
        left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
        holding = [f for f in self.frames if f[0] - 3 <= left and right <= f[1] + 3]
        return min(holding, key=lambda f: f[1] - f[0], default=(left, right))


def measure(sheets: Sequence[Sheet]) -> Measures:
    """Take the measure of a document; furniture must be marked before."""
    lines = [line for sheet in sheets for line in sheet.lines if not line.rule]
    sizes: Counter[float] = Counter()
    weights: Counter[int] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
        weights[line.weight] += len(line.text)
    flows = [flow for sheet in sheets for flow in sheet.flows]
    return Measures(
        body=sizes.most_common(1)[0][0] if sizes else 0.0,
        weight=weights.most_common(1)[0][0] if weights else 0,
        pitches=_pitches(flows),
        frames=tuple(_frames(flows)),
    )


def _pitches(flows: Iterable[Flow]) -> dict[float, float]:
    steps: dict[float, Counter[float]] = {}
    for flow in flows:
        for above, below in pairwise(line for line in flow.lines if not line.rule):
            if above.size == below.size and below.y > above.y:
                steps.setdefault(below.size, Counter())[round((below.y - above.y) * 2) / 2] += 1
    return {size: counted.most_common(1)[0][0] for size, counted in steps.items()
            if counted.total() >= _LEAST_LINES}  # fmt: skip


def _frames(flows: Iterable[Flow]) -> list[tuple[float, float]]:
    found: Counter[tuple[int, int]] = Counter()
    exact: dict[tuple[int, int], tuple[float, float]] = {}
    for flow in flows:
        lines = [line for line in flow.lines if not line.rule]
        edges = _edges(lines)
        if edges:
            key = (round(edges[0] / 4), round(edges[1] / 8))
            found[key] += len(lines)
            exact.setdefault(key, edges)
    return [exact[key] for key, _ in found.most_common(12)]


def _edges(lines: Sequence[Line]) -> tuple[float, float] | None:
    """A column's own edges, when enough of its lines run all the way between them."""
    if len(lines) < _LEAST_LINES:
        return None
    right = max(line.x1 for line in lines)
    reaching = [line for line in lines if line.x1 > right - _RAGGED * line.size]
    if len(reaching) < max(2.0, _REACHING * len(lines)):
        return None
    return min(line.x0 for line in lines), right
