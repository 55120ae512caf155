"""Relevance: whether people found it of use for their library now."""

from collections import Counter

from training_modules.event import Phase, Scale
from training_modules.indicators.indicator import Cell, Indicator, Unit, suppressed
from training_modules.indicators.ratings import last_ratings
from training_modules.indicators.readings import Readings
from training_modules.indicators.statistics import share
from training_modules.indicators.suppression import is_too_few, told

_TOP = 4
_POINTS = 5


def relevance(readings: Readings, key: str = "relevance.top_two") -> Indicator:
    """The share of the two highest of five points."""
    ratings = last_ratings(readings, Scale.RELEVANCE, Phase.END)
    if is_too_few(len(ratings)):
        return suppressed(key, Unit.SHARE, "top_two")
    of = max(len(readings.finished_in_period()), len(ratings))
    if not ratings:
        return Indicator(key, Unit.SHARE, "top_two", denominator=of)
    found = share(sum(rating >= _TOP for rating in ratings), len(ratings))
    counts = Counter(ratings)
    cells = [Cell(str(n), counts[n], counts[n] / len(ratings)) for n in range(1, _POINTS + 1)]
    return Indicator(
        key, Unit.SHARE, "top_two", found.value, len(ratings), of, found.low, found.high,
        cells=told(cells, range(_TOP - 1), range(_TOP - 1, _POINTS)),
    )  # fmt: skip
