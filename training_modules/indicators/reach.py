"""Reach: from how many regions people come, as an index of diversity."""

from collections import Counter
from typing import Any

import numpy as np

from training_modules.indicators.indicator import Cell, Indicator, Unit, suppressed
from training_modules.indicators.readings import Readings
from training_modules.indicators.statistics import Values, bootstrap
from training_modules.indicators.suppression import is_too_few, told
from training_modules.rows import EnrolmentRow

_KEY = "reach.diversity"


def reach(readings: Readings) -> Indicator:
    """1 - sum of p squared over the regions of those who learned; who named none is left out."""
    active = readings.active
    query = readings.ledger.enrolments(EnrolmentRow.pseudonym, EnrolmentRow.region)
    query = query.order_by(EnrolmentRow.enrolled_at, EnrolmentRow.id)
    regions = {p: region for p, region in readings.ledger.rows(query) if region and p in active}
    if is_too_few(len(regions)):
        return suppressed(_KEY, Unit.INDEX, "diversity")
    if not regions:
        return Indicator(_KEY, Unit.INDEX, "diversity", denominator=len(active))
    counts = Counter(regions.values())
    names = sorted(counts, key=lambda name: (-counts[name], name))
    numbers = np.array([[names.index(region)] for region in regions.values()], float)
    found = bootstrap(numbers, _diversity)
    cells = told([Cell(name, counts[name], counts[name] / len(regions)) for name in names])
    return Indicator(
        _KEY, Unit.INDEX, "diversity", found.value, len(regions), len(active), found.low,
        found.high, cells=cells,
    )  # fmt: skip


def _diversity(rows: Values, weights: Any) -> Values:  # noqa: ARG001
    shares = weights / weights.sum(axis=1, keepdims=True)
    return np.asarray(1 - (shares**2).sum(axis=1))
