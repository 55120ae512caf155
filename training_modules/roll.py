"""The roll: everybody who learns, how far they are, and when they were last seen learning."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import case, func, select

from foundation.database import Sessions
from training_modules.rows import EnrolmentRow, EventRow, PersonRow

_QUIET: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Learning:
    """One person in one track."""

    pseudonym: str
    name: str
    track: str
    cohort: str | None
    done: int
    last_at: datetime | None
    is_finished: bool
    is_quiet: bool


def roll(sessions: Sessions, now: datetime) -> list[Learning]:
    """All enrolments of people that are still here, those longest unseen first."""
    done = func.sum(case((EventRow.verb == "completed", 1), else_=0))
    last = func.max(EventRow.at)
    query = (
        select(PersonRow, EnrolmentRow, done, last)
        .join(EnrolmentRow, EnrolmentRow.pseudonym == PersonRow.pseudonym)
        .outerjoin(EventRow, EventRow.enrolment == EnrolmentRow.id)
        .where(EnrolmentRow.left_at.is_(None))
        .group_by(PersonRow.id, EnrolmentRow.id)
        .order_by(last)
    )
    with sessions() as session:
        return [
            Learning(
                person.pseudonym, person.name or person.address, enrolment.track,
                enrolment.cohort, modules or 0, at, enrolment.completed_at is not None,
                enrolment.completed_at is None and (at is None or now - at > _QUIET),
            )
            for person, enrolment, modules, at in session.execute(query)
        ]  # fmt: skip
