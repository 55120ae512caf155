"""What the log says of one person: scores of tests, mastery per competency, days of learning."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from foundation.database import Sessions
from training_modules.module import Module
from training_modules.rows import EventRow
from training_modules.zones import place

# A month with this many days of learning is a full one; a missed day takes nothing away.
FULL_DAYS = 22
WINDOW = 30


@dataclass(frozen=True, slots=True)
class Mastery:
    """How much of what was last asked of a competency was right."""

    competency: str
    share: float
    answers: int


def mean_scores(sessions: Sessions, enrolment: str) -> dict[str, float]:
    """The last score of each test of an enrolment, by its phase."""
    query = (
        select(EventRow.phase, EventRow.score)
        .where(EventRow.enrolment == enrolment, EventRow.verb == "tested")
        .order_by(EventRow.number)
    )
    with sessions() as session:
        return {phase: score for phase, score in session.execute(query) if score is not None}


def mastery(
    sessions: Sessions, pseudonym: str, module: Callable[[str], Module | None]
) -> list[Mastery]:
    """Per competency the mean of each item's last score, the best known first."""
    query = (
        select(EventRow.module, EventRow.item, EventRow.score)
        .where(
            EventRow.pseudonym == pseudonym,
            EventRow.verb == "answered",
            # What was asked before anything was taught says nothing of what was learned.
            EventRow.phase != "pre",
        )
        .order_by(EventRow.number)
    )
    with sessions() as session:
        last = {(m, i): score for m, i, score in session.execute(query) if score is not None}
    by_competency: dict[str, list[float]] = {}
    for (name, _), score in last.items():
        found = module(name)
        for competency in found.competencies if found else ():
            by_competency.setdefault(competency, []).append(score)
    told = [Mastery(c, sum(s) / len(s), len(s)) for c, s in by_competency.items()]
    return sorted(told, key=lambda one: (-one.share, one.competency))


def days_of_learning(sessions: Sessions, pseudonym: str, zone: str, today: date) -> int:
    """On how many of the last thirty days something was answered or read to its end."""
    first = today - timedelta(days=WINDOW - 1)
    query = select(EventRow.at).where(
        EventRow.pseudonym == pseudonym, EventRow.verb.in_(("answered", "completed"))
    )
    with sessions() as session:
        days = {at.astimezone(place(zone)).date() for at in session.scalars(query)}
    return sum(first <= day <= today for day in days)
