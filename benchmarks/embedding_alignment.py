"""Which sentence translates which, and which piece which: by length, then by counting."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
_STEPS: Final = ((1, 1, 0.0), (1, 2, 0.5), (2, 1, 0.5), (2, 2, 0.8), (1, 3, 1.0), (3, 1, 1.0))
_ROUNDS: Final = 8
_LEAST_SHARE: Final = 0.02


def aligned(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    """Groups of sentences in order that are about equally long, as Gale and Church do it."""
    ratio = sum(map(len, ours)) / max(1, sum(map(len, theirs)))
    ends = [np.cumsum([0, *map(len, side)]) for side in (ours, theirs)]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(1, len(ours) + 1):
        for j in range(1, len(theirs) + 1):
            ways = []
            for down, right, price in _STEPS:
                if before := best.get((i - down, j - right)):
                    a = ends[0][i] - ends[0][i - down]
                    b = (ends[1][j] - ends[1][j - right]) * ratio
                    cost = price + abs(a - b) / (2 * (a + b + 1) ** 0.5)
                    ways.append((before[0] + cost, (i - down, j - right)))
            if ways:
                best[i, j] = min(ways)
    here, pairs = (len(ours), len(theirs)), list[tuple[str, str]]()
    while here in best and here != (0, 0):
        (i, j), (p, q) = here, best[here][1]
        pairs.append(("".join(ours[p:i]), " ".join(theirs[q:j])))
        here = (p, q)
    return pairs[::-1]


def translations(
    pairs: Sequence[tuple[Ids, Ids]], size: int
) -> tuple[Ids, Ids, NDArray[np.float64]]:
    """For pieces of the second texts, pieces of the first and their shares (IBM Model 1)."""
    texts = [(first, np.append(second, size)) for first, second in pairs if len(first)]
    source = np.concatenate([np.tile(second, len(first)) for first, second in texts])
    target = np.concatenate([np.repeat(first, len(second)) for first, second in texts])
    widths = np.concatenate([np.full(len(first), len(second)) for first, second in texts])
    word = np.repeat(np.arange(len(widths)), widths)
    cells, cell = np.unique(source * (size + 1) + target, return_inverse=True)
    from_, to = cells // (size + 1), cells % (size + 1)
    shares = np.ones(len(cells))
    for _ in range(_ROUNDS):
        weight = shares[cell] / np.bincount(word, shares[cell])[word]
        counts = np.bincount(cell, weight)
        shares = counts / np.bincount(from_, counts)[from_]
    kept = (from_ < size) & (shares > _LEAST_SHARE)
    return from_[kept], to[kept], shares[kept]
