"""Shares of answers: many answers, whose error is that of the people who gave them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from training_modules.indicators.indicator import Cell, Indicator, Unit, suppressed
from training_modules.indicators.statistics import Values, bootstrap, ratio
from training_modules.indicators.suppression import is_too_few


def of_answers(
    key: str,
    sums: Sequence[Any] | Values,
    unit: Unit = Unit.SHARE,
    method: str = "share_of_answers",
    cells: tuple[Cell, ...] = (),
) -> Indicator:
    """Out of a row a person: how many answers, and what they are worth together."""
    if is_too_few(len(sums)):
        return suppressed(key, unit, method)
    if not len(sums):
        return Indicator(key, unit, method)
    rows = np.array(sums, float)
    found = bootstrap(rows, ratio)
    return Indicator(
        key, unit, method, found.value, len(sums), int(rows[:, 0].sum()), found.low, found.high,
        cells=cells,
    )  # fmt: skip
