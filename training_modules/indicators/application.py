"""Application: who has put something into practice a month after a track."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Final

from training_modules.event import Verb
from training_modules.indicators.indicator import Cell, Indicator, Unit, suppressed
from training_modules.indicators.matching import latest
from training_modules.indicators.readings import Readings
from training_modules.indicators.statistics import share
from training_modules.indicators.suppression import is_too_few, told

# Tried, in use, taken up by others; below it nothing or a plan.
_USED: Final = 2
LEVELS: Final = 5
# The question comes on day 30 and may be answered for a week.
_CLOSED: Final = timedelta(days=37)


def application(readings: Readings) -> Iterator[Indicator]:
    """By both denominators: those who could have answered, and those who did."""
    levels = _levels(readings)
    yield _share("application.of_completers", levels, _due(readings, levels))
    yield _share("application.of_respondents", levels, len(levels), cells=_cells(levels))


def leaders_application(readings: Readings) -> Indicator:
    """What emerging leaders put into practice; the readings are theirs."""
    levels = _levels(readings)
    return _share("leaders.application", levels, _due(readings, levels))


def _levels(readings: Readings) -> dict[str, int]:
    """The last answer of each person in the period."""
    rows = (row for row in readings.of(Verb.APPLIED) if row.rating is not None)
    found = latest(readings.in_period(rows), lambda row: row.pseudonym)
    return {person: row.rating for person, row in found.items()}


def _due(readings: Readings, answered: Collection[str]) -> int:
    """Who answered in the period, or could have until it was too late within the period."""
    closing = {person: at + _CLOSED for person, at in readings.finished().items()}
    late = {person for person, at in closing.items() if readings.period.holds(at)}
    return len(late | set(answered))


def _share(key: str, levels: dict[str, int], of: int, cells: tuple[Cell, ...] = ()) -> Indicator:
    method, people = "share_of_people", len(levels)
    if is_too_few(of) or is_too_few(people):
        return suppressed(key, Unit.SHARE, method)
    if not of:
        return Indicator(key, Unit.SHARE, method, denominator=0)
    found = share(sum(level >= _USED for level in levels.values()), of)
    return Indicator(
        key, Unit.SHARE, method, found.value, people, of, found.low, found.high, cells=cells
    )


def _cells(levels: dict[str, int]) -> tuple[Cell, ...]:
    """How many people at each level; the headline shows the sum of those who used it."""
    counts = Counter(levels.values())
    people = len(levels)
    cells = [Cell(str(n), counts[n], counts[n] / people if people else None) for n in range(LEVELS)]
    return told(cells, range(_USED), range(_USED, LEVELS))
