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


@dataclass(frozen=True, slots=True)
class _Cases:
    """The mean score of the cases in one test of one enrolment, and when it was taken."""

    pseudonym: str
    enrolment: str
    phase: str
    at: datetime
    score: float


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
    for key, name in (
        ("skill.practice", "practised_case"), ("recall.practice", "practised_recall")
    ):  # fmt: skip
        yield of_answers(key, readings.sums(name))


def _cases(readings: Readings) -> list[_Cases]:
    found = []
    for row in readings.answers:
        for phase in (Phase.PRE, Phase.POST):
            count, score, at = (getattr(row, f"{phase}_case_{w}") for w in ("n", "score", "at"))
            if count:
                mean = score / count
                found.append(_Cases(row.pseudonym, row.enrolment, str(phase), at, mean))
    return found
