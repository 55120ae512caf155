"""Participants: who learned in the period, and how far those came who joined in it."""

from collections.abc import Iterator
from typing import Final

from training_modules.event import Phase, Verb
from training_modules.indicators.indicator import Cell, Indicator, Unit, suppressed
from training_modules.indicators.readings import Readings
from training_modules.indicators.statistics import share
from training_modules.indicators.suppression import is_too_few

# The stages of the funnel: which events show that somebody came so far.
STAGES: Final[dict[str, tuple[Verb, Phase | None]]] = {
    "enrolled": (Verb.REGISTERED, None),
    "baseline": (Verb.TESTED, Phase.PRE),
    "active": (Verb.OPENED, None),
    "completed": (Verb.FINISHED, None),
    "followed_up": (Verb.APPLIED, None),
}


def participants(readings: Readings) -> Iterator[Indicator]:
    stages = _stages(readings)
    joined = stages["enrolled"]
    yield people("participants.people", len(readings.active))
    cells = tuple(_stage(key, len(who), len(joined)) for key, who in stages.items())
    yield people("participants.funnel", len(joined), cells)
    yield _completion(len(stages["completed"]), len(joined))


def people(key: str, count: int, cells: tuple[Cell, ...] = (), of: int | None = None) -> Indicator:
    """A number of people; it has no error, for everybody is counted."""
    if is_too_few(count):
        return suppressed(key, Unit.PEOPLE, "count")
    return Indicator(key, Unit.PEOPLE, "count", float(count), count, of, cells=cells)


def _completion(completed: int, joined: int) -> Indicator:
    key, method = "participants.completion", "share_of_people"
    if is_too_few(completed) or is_too_few(joined):
        return suppressed(key, Unit.SHARE, method)
    if not joined:
        return Indicator(key, Unit.SHARE, method, denominator=0)
    found = share(completed, joined)
    return Indicator(key, Unit.SHARE, method, found.value, completed, joined, found.low, found.high)


def _stages(readings: Readings) -> dict[str, set[str]]:
    """Of those who joined in the period, who came how far until its end."""
    joined = readings.in_period(readings.of(Verb.REGISTERED))
    enrolments = {row.enrolment: row.pseudonym for row in joined}
    found: dict[str, set[str]] = {}
    for stage, (verb, phase) in STAGES.items():
        rows = readings.opened if verb is Verb.OPENED else readings.of(verb, phase)
        found[stage] = {enrolments[r.enrolment] for r in rows if r.enrolment in enrolments}
    return found


def _stage(key: str, count: int, joined: int) -> Cell:
    if is_too_few(count):
        return Cell(key, None)
    return Cell(key, count, count / joined if joined else None)
