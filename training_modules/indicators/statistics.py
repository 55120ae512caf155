"""Figures and their errors: shares, means, differences, resampling with a seed."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

_Z: Final = 1.959963984540054
_RESAMPLES: Final = 2000
_SEED: Final = 20_241_017
# As many numbers are drawn at once: a few megabytes.
_AT_ONCE: Final = 500_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and its 95 % interval."""

    value: float
    low: float | None = None
    high: float | None = None


def share(yes: int, of: int) -> Estimate:
    """A share with Wilson's interval, which holds also for few people and near 0 and 1."""
    p = yes / of
    middle = (p + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    half = _Z / (1 + _Z**2 / of) * math.sqrt(p * (1 - p) / of + _Z**2 / (4 * of**2))
    low = 0.0 if yes == 0 else middle - half
    high = 1.0 if yes == of else middle + half
    return Estimate(p, low, high)


def net_score(promoters: int, detractors: int, of: int) -> Estimate:
    """Promoters less detractors, from -100 to 100, with its standard error's interval."""
    net = (promoters - detractors) / of
    error = math.sqrt(max(0.0, (promoters + detractors) / of - net**2) / of)
    ends = (max(-1.0, net - _Z * error), min(1.0, net + _Z * error))
    return Estimate(100 * net, 100 * ends[0], 100 * ends[1])


def bootstrap(rows: Values, statistic: Callable[[Values, Any], Values]) -> Estimate:
    """A statistic of people (a row each) with its percentile interval.

    `statistic(rows, weights)` has a value for each line of `weights`. Equal rows are drawn
    together, so many people cost no more than few, and their order does not matter.
    """
    distinct, counts = np.unique(rows, axis=0, return_counts=True)
    people = int(counts.sum())
    value = float(statistic(distinct, counts[None, :].astype(float))[0])
    draw = np.random.default_rng(_SEED)
    step = max(1, _AT_ONCE // len(distinct))
    parts = []
    for begin in range(0, _RESAMPLES, step):
        size = min(step, _RESAMPLES - begin)
        weights = draw.multinomial(people, counts / people, size=size).astype(float)
        parts.append(statistic(distinct, weights))
    drawn = np.concatenate(parts)
    drawn = drawn[np.isfinite(drawn)]
    if not len(drawn) or not math.isfinite(value):
        return Estimate(value)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(value, float(low), float(high))


def means(rows: Values, weights: Values) -> Values:
    """The weighted mean of each column, a line for each line of weights."""
    return np.asarray((weights @ rows) / weights.sum(axis=1, keepdims=True))


def mean(rows: Values, weights: Values) -> Values:
    return means(rows, weights)[:, 0]


def difference(rows: Values, weights: Values) -> Values:
    """The mean of the second column less that of the first."""
    both = means(rows, weights)
    return both[:, 1] - both[:, 0]


def class_gain(rows: Values, weights: Values) -> Values:
    """Hake's gain of a class: what was gained of what could be gained."""
    both = means(rows, weights)
    room = 1 - both[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(room > 0, (both[:, 1] - both[:, 0]) / room, np.nan)


def ratio(rows: Values, weights: Values) -> Values:
    """The sum of the second column over that of the first."""
    both = weights @ rows
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(both[:, 0] > 0, both[:, 1] / both[:, 0], np.nan)


def effect_size(rows: Values, weights: Values) -> Values:
    """Cohen's d: the difference in units of the mean of both standard deviations (d_av)."""
    people = weights.sum(axis=1, keepdims=True)
    both = means(rows, weights)
    squares = (weights @ rows**2) / people
    spread = np.sqrt(np.maximum(0, squares - both**2) * people / np.maximum(people - 1, 1))
    apart = spread.mean(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(apart > 1e-9, (both[:, 1] - both[:, 0]) / apart, np.nan)
