"""Skill: how people decide in cases of practice, apart from what they recall."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from training_modules.event import Phase
from training_modules.indicators.indicator import Indicator, Unit
from training_modules.indicators.matching import at_two_times, compared, per_person
from training_modules.indicators.readings import Readings
from training_modules.indicators.shares import of_answers
from training_modules.indicators.statistics import difference


@dataclass
class _Cases:
    """The cases of one test of one enrolment."""

    pseudonym: str
    enrolment: str
    phase: str
    at: datetime
    count: int = 0
    total: float = 0.0

    @property
    def score(self) -> float:
        return self.total / self.count


def skill(readings: Readings) -> Iterator[Indicator]:
    """Cases in both tests, and first answers in lessons beside those to all other items."""
    cases = _cases(readings)
    pairs = per_person(
        at_two_times(readings.period, cases, Phase.PRE, Phase.POST, lambda row: row.score)
    )
    after = {row.pseudonym for row in readings.in_period(cases) if row.phase == Phase.POST}
    yield compared(
        "skill.gain", Unit.DIFFERENCE, "matched_difference", pairs, difference, len(after)
    )
    for key, is_case in (("skill.practice", 1), ("recall.practice", 0)):
        sums = readings.sums(Phase.PRACTICE, is_case=is_case, first_only=True)
        yield of_answers(key, sums)


def _cases(readings: Readings) -> list[_Cases]:
    found: dict[tuple[str, str], _Cases] = {}
    for row in readings.answers:
        if row.is_case and row.phase in (Phase.PRE, Phase.POST):
            place = (row.enrolment, row.phase)
            blank = _Cases(row.pseudonym, row.enrolment, row.phase, row.at)
            mine = found.setdefault(place, blank)
            mine.at = max(mine.at, row.at)
            mine.count += row.count_
            mine.total += row.score
    return list(found.values())
