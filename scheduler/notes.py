"""The weekly note to a trainee: what they learned, what comes back, what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from foundation.wording import say
from scheduler.ways import Modules, Ways
from training_modules.event import Verb
from training_modules.rows import EnrolmentRow, EventRow, MemoryRow

_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Note:
    """A week of somebody's learning; modules by their ids, in the order they were finished."""

    learned: tuple[str, ...]
    answered: int
    right: int
    due: int
    left: int


def note_of(
    session: Session, enrolment: str, shelf: Modules, today: date, now: datetime
) -> Note | None:
    """What a note can say; None when the enrolment is not there."""
    row = session.get(EnrolmentRow, enrolment)
    if row is None:
        return None
    completed = _completed(session, enrolment)
    week = tuple(module for module, at in completed if at > now - _WEEK)
    verdicts = session.scalars(
        select(EventRow.correct).where(
            EventRow.enrolment == enrolment, EventRow.verb == Verb.ANSWERED,
            EventRow.at > now - _WEEK, EventRow.correct.is_not(None),
            EventRow.id.not_in(_taken_back(enrolment)),
        )
    ).all()  # fmt: skip
    due = session.scalar(
        select(func.count()).where(
            MemoryRow.pseudonym == row.pseudonym, MemoryRow.due_on <= today + _WEEK
        )
    )
    way = Ways(shelf).of(row.track)
    done = {module for module, _ in completed}
    left = sum(module not in done for module in way.modules) if way else 0
    return Note(week, len(verdicts), sum(bool(v) for v in verdicts), due or 0, left)


def _completed(session: Session, enrolment: str) -> Sequence[tuple[str, datetime]]:
    query = (
        select(EventRow.module, EventRow.at)
        .where(EventRow.enrolment == enrolment, EventRow.verb == Verb.COMPLETED)
        .where(EventRow.id.not_in(_taken_back(enrolment)))
        .order_by(EventRow.number)
    )
    return session.execute(query).tuples().all()


def _taken_back(enrolment: str) -> Select[str]:
    return select(EventRow.corrects).where(
        EventRow.enrolment == enrolment, EventRow.verb == Verb.CORRECTED
    )


def as_lines(note: Note, shelf: Modules, language: str) -> list[str]:
    """The note as a person reads it."""
    lines = [say("schedule.note.head", language, number=len(note.learned))]
    for name in note.learned:
        module = shelf.module(name)
        if module is not None:
            lines.append(f"· {module.title.of(language)}")
    if note.answered:
        lines.append(say("schedule.note.right", language, right=note.right, answered=note.answered))
    if note.due:
        lines.append(say("schedule.note.due", language, number=note.due))
    key = "left" if note.left else "finished"
    values = {"number": note.left} if note.left else {}
    return [*lines, say(f"schedule.note.{key}", language, **values)]
