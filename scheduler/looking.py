"""Looking at the schedule: what was due and what became of it, what comes next, and why not."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from scheduler.delivery import WAITING, Delivery, State
from scheduler.learner import Learner
from scheduler.local_time import zone_of
from scheduler.planning import Plan, Why, fault_of, plan, slot_of
from scheduler.roster import SqlRoster
from scheduler.rows import DeliveryRow
from training_modules.rows import EnrolmentRow, PersonRow

_AHEAD: Final = 45
_RECENT: Final = timedelta(hours=24)
# What passes by itself: the next chosen day, or the next hour, has another answer.
_PASSING: Final = frozenset(
    {Why.NOT_A_DAY, Why.EARLY, Why.JOINED_LATER, Why.HAD_TODAY, Why.QUIET, Why.TOO_SOON,
     Why.AT_IT, Why.DONE_TODAY, Why.AWAY, Why.NOTHING_LEFT}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a learner gets next and when, or why nothing; `now` is what holds at this moment."""

    learner: Learner
    now: Plan
    next: Delivery | None


def outlook(learner: Learner, now: datetime) -> Outlook:
    """Asks the planning itself, at each of the coming hours of theirs."""
    current = plan(learner, now)
    zone = zone_of(learner.zone)
    if current.due is not None or zone is None or current.why not in _PASSING:
        return Outlook(learner, current, current.due)
    today = now.astimezone(zone).date()
    slots = (slot_of(learner, today + timedelta(days=n), zone) for n in range(_AHEAD))
    plans = (plan(learner, at).due for at in slots if at > now)
    return Outlook(learner, current, next((due for due in plans if due is not None), None))


def outlooks(roster: SqlRoster, now: datetime) -> Iterator[Outlook]:
    """Everybody who is enrolled, one page after the other."""
    for page in roster.everybody(now):
        yield from (outlook(learner, now) for learner in page)


def deliveries(
    session: Session, now: datetime, states: Collection[State] = (), day: date | None = None,
    most: int = 50,
) -> Sequence[DeliveryRow]:  # fmt: skip
    """Those of a state or a day; else what waits, what is not sure, and the last day's.

    What needs an eye comes first, so that it is never beyond the end of a list.
    """
    query = select(DeliveryRow).where(_wanted(now, states, day))
    return session.scalars(
        query.order_by(_weight, DeliveryRow.due_at.desc(), DeliveryRow.id).limit(most)
    ).all()


def number_of_deliveries(
    session: Session, now: datetime, states: Collection[State] = (), day: date | None = None
) -> int:
    """How many there are of which `deliveries` gives the first."""
    query = select(func.count()).select_from(DeliveryRow).where(_wanted(now, states, day))
    return session.scalar(query) or 0


def _wanted(now: datetime, states: Collection[State], day: date | None) -> ColumnElement[bool]:
    wanted: list[ColumnElement[bool]] = []
    if states:
        wanted.append(DeliveryRow.state.in_(states))
    if day is not None:
        wanted.append(DeliveryRow.local_date == day)
    if not wanted:
        waits = DeliveryRow.state.in_((*WAITING, State.SENDING, State.UNKNOWN))
        wanted.append(or_(waits, DeliveryRow.due_at > now - _RECENT))
    return and_(*wanted)


_weight: Final = case(
    (DeliveryRow.state.in_((State.UNKNOWN, State.FAILED)), 0),
    (DeliveryRow.state.in_((State.SENDING, *WAITING)), 1),
    else_=2,
)


def waiting(session: Session, now: datetime) -> int:
    """How many are due at this moment and were not sent."""
    is_due = DeliveryRow.state.in_(WAITING) & (DeliveryRow.due_at <= now)
    return session.scalar(select(func.count()).where(is_due)) or 0


def history(session: Session, person: str, most: int = 30) -> Sequence[DeliveryRow]:
    query = select(DeliveryRow).where(DeliveryRow.person == person)
    return session.scalars(
        query.order_by(DeliveryRow.due_at.desc(), DeliveryRow.id).limit(most)
    ).all()


def blocked_at(session: Session, person: str) -> datetime | None:
    return session.scalar(select(PersonRow.blocked_at).where(PersonRow.id == person))


def person_of(session: Session, wanted: str) -> str | None:
    """The person that an id of a person, of an enrolment or an address belongs to."""
    if session.get(PersonRow, wanted) is not None:
        return wanted
    belongs = select(PersonRow.id).join(EnrolmentRow, EnrolmentRow.pseudonym == PersonRow.pseudonym)
    found = session.scalar(belongs.where(EnrolmentRow.id == wanted))
    return found or session.scalar(select(PersonRow.id).where(PersonRow.address == wanted))


def as_json(row: DeliveryRow) -> dict[str, Any]:
    return {
        "id": row.id, "enrolment": row.enrolment, "person": row.person, "kind": row.kind,
        "module": row.module, "number": row.number, "local_date": row.local_date.isoformat(),
        "due_at": row.due_at.isoformat(), "state": row.state, "why": row.why,
        "attempts": row.attempts, "sent_at": row.sent_at.isoformat() if row.sent_at else None,
        "message": row.message,
    }  # fmt: skip


def outlook_as_json(found: Outlook) -> dict[str, Any]:
    learner, coming = found.learner, found.next
    return {
        "enrolment": learner.enrolment, "person": learner.person, "zone": learner.zone,
        "hour": f"{learner.minute // 60:02}:{learner.minute % 60:02}", "days": learner.days,
        "why": str(found.now.why) if found.now.why else None,
        "is_faulty": fault_of(learner) is not None,
        "next": None if coming is None else {
            "kind": str(coming.kind), "module": coming.module,
            "local_date": coming.local_date.isoformat(), "due_at": coming.due_at.isoformat(),
        },
    }  # fmt: skip
