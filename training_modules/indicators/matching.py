"""Matching: what the same person said or knew at two times, a row a person."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from training_modules.indicators.indicator import Indicator, Unit, suppressed
from training_modules.indicators.period import Period
from training_modules.indicators.statistics import Values, bootstrap, means
from training_modules.indicators.suppression import is_too_few

# A person, and the two figures of theirs.
Pair = tuple[str, float, float]
Statistic = Callable[[Values, Any], Values]


def latest(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, Any]:
    """The last row of each key by its time, whatever the order they come in."""
    found: dict[Any, Any] = {}
    for row in rows:
        name = key(row)
        before = found.get(name)
        if before is None or row.at > before.at or _moment(row) > _moment(before):
            found[name] = row
    return found


def _moment(row: Any) -> tuple[Any, ...]:
    """Its time; at the same time the higher figure, so that the order decides nothing."""
    return row.at, row.score or 0, getattr(row, "rating", None) or 0


def at_two_times(
    period: Period, rows: Iterable[Any], first: str, second: str, figure: Callable[[Any], float]
) -> Iterator[Pair]:
    """The figures of an enrolment in two phases; the second time falls into the period."""
    found = latest(rows, lambda row: (row.enrolment, row.phase))
    for (enrolment, phase), row in found.items():
        before = found.get((enrolment, first))
        if phase == second and before is not None and period.holds(row.at):
            yield row.pseudonym, figure(before), figure(row)


def per_person(pairs: Iterable[Pair]) -> Values:
    """A row a person: the means over their tracks, so that nobody counts twice."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0])
    for person, before, after in pairs:
        mine = sums[person]
        mine[0], mine[1], mine[2] = mine[0] + before, mine[1] + after, mine[2] + 1
    rows = [(before / count, after / count) for before, after, count in sums.values()]
    return np.array(rows, float).reshape(-1, 2)


def compared(
    key: str,
    unit: Unit,
    method: str,
    rows: Values,
    statistic: Statistic,
    denominator: int,
    warnings: Sequence[str] = (),
) -> Indicator:
    """An indicator of two columns, with both means beside it."""
    people = len(rows)
    if is_too_few(people):
        return suppressed(key, unit, method)
    if not people:
        return Indicator(key, unit, method, denominator=denominator)
    found = bootstrap(rows, statistic)
    both = means(rows, np.ones((1, people)))[0]
    told = Indicator(
        key, unit, method, None, people, denominator, before=float(both[0]), after=float(both[1]),
        warnings=tuple(warnings),
    )  # fmt: skip
    # Without a value where there was nothing to gain, or nobody differs from another.
    if not np.isfinite(found.value):
        return told
    return replace(told, value=found.value, low=found.low, high=found.high)
