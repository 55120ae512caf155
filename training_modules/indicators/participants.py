"""Participants: who learned in the period, and how far those came who joined in it."""

from collections.abc import Iterator
from typing import Any, Final

from training_modules.event import Phase, Verb
from training_modules.indicators.indicator import Cell, Indicator, Unit, suppressed
from training_modules.indicators.ledger import Ledger
from training_modules.indicators.statistics import share
from training_modules.indicators.suppression import is_too_few
from training_modules.rows import EventRow

# The stages of the funnel: which events show that somebody came so far.
STAGES: Final[dict[str, tuple[str, str | None]]] = {
    "enrolled": (Verb.REGISTERED, None),
    "baseline": (Verb.TESTED, Phase.PRE),
    "active": (Verb.OPENED, None),
    "completed": (Verb.FINISHED, None),
    "followed_up": (Verb.APPLIED, None),
}


def active_people(ledger: Ledger) -> set[str]:
    """Who opened a module in the period."""
    query = ledger.events(EventRow.pseudonym, verbs=[Verb.OPENED]).distinct()
    return {person for (person,) in ledger.rows(query)}


def participants(ledger: Ledger) -> Iterator[Indicator]:
    stages = _stages(ledger)
    joined = stages["enrolled"]
    yield people("participants.people", len(active_people(ledger)))
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


def _stages(ledger: Ledger) -> dict[str, set[str]]:
    """Of those who joined in the period, who came how far until its end."""
    joined = ledger.events(EventRow.enrolment, EventRow.pseudonym, verbs=[Verb.REGISTERED])
    enrolments = {enrolment: person for enrolment, person in ledger.rows(joined)}  # noqa: C416
    later = (
        ledger.events(
            EventRow.enrolment, EventRow.verb, EventRow.phase,
            verbs=[verb for verb, _ in STAGES.values()], in_period=False,
        )
        .where(EventRow.verb != Verb.REGISTERED)
        .distinct()
    )  # fmt: skip
    found: dict[str, set[str]] = {"enrolled": set(enrolments.values())}
    rows: list[Any] = [row for row in ledger.rows(later) if row.enrolment in enrolments]
    for stage, (verb, phase) in list(STAGES.items())[1:]:
        found[stage] = {
            enrolments[row.enrolment]
            for row in rows
            if row.verb == verb and phase in (None, row.phase)
        }
    return found


def _stage(key: str, count: int, joined: int) -> Cell:
    if is_too_few(count):
        return Cell(key, None)
    return Cell(key, count, count / joined if joined else None)
