"""Recommendation: the net promoter score with its error."""

from training_modules.event import Phase, Scale
from training_modules.indicators.indicator import Cell, Indicator, Unit, suppressed
from training_modules.indicators.ratings import last_ratings
from training_modules.indicators.readings import Readings
from training_modules.indicators.statistics import net_score
from training_modules.indicators.suppression import is_too_few

_KEY = "recommendation.score"
_PROMOTES, _DETRACTS = 9, 6


def recommendation(readings: Readings) -> Indicator:
    ratings = last_ratings(readings, Scale.RECOMMENDATION, Phase.END)
    if is_too_few(len(ratings)):
        return suppressed(_KEY, Unit.NET, "net_score")
    of = max(len(readings.finished_in_period()), len(ratings))
    if not ratings:
        return Indicator(_KEY, Unit.NET, "net_score", denominator=of)
    promoters = sum(rating >= _PROMOTES for rating in ratings)
    detractors = sum(rating <= _DETRACTS for rating in ratings)
    found = net_score(promoters, detractors, len(ratings))
    return Indicator(
        _KEY, Unit.NET, "net_score", found.value, len(ratings), of, found.low, found.high,
        cells=_cells(promoters, len(ratings) - promoters - detractors, detractors),
    )  # fmt: skip


def _cells(promoters: int, passives: int, detractors: int) -> tuple[Cell, ...]:
    """All three or none: the score and two of them would give the third away."""
    counts = {"promoters": promoters, "passives": passives, "detractors": detractors}
    is_open = not any(is_too_few(count) for count in counts.values())
    of = sum(counts.values())
    return tuple(
        Cell(key, count, count / of) if is_open else Cell(key, None)
        for key, count in counts.items()
    )
