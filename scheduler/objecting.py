"""Why something that was due must not go out any more: asked again just before it is sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from scheduler.among import among
from scheduler.delivery import Delivery, Kind
from scheduler.local_time import is_quiet, minute_of, zone_of
from scheduler.planning import Why
from scheduler.snoozing import LATER
from training_modules.event import Verb
from training_modules.rows import EnrolmentRow, EventRow, PersonRow, SittingRow

OVER: Final = "over"
# What was due a moment before midnight may still go out.
_AFTER_MIDNIGHT: Final = timedelta(minutes=30)
_TO_ADMINISTRATORS: Final = (20 * 60, 9 * 60)
_A_DAY: Final = timedelta(days=1)


def objections(session: Session, deliveries: Collection[Delivery], now: datetime) -> dict[str, str]:
    """The reasons by delivery; what nothing speaks against is not among them."""
    people = {row[0]: row for row in session.execute(_people(session, deliveries)).all()}
    enrolments = {row[0]: row for row in session.execute(_enrolments(session, deliveries)).all()}
    moved_on = _moved_on(session, deliveries)
    moments: dict[str, _Moment | None] = {}
    found: dict[str, str] = {}
    for delivery in deliveries:
        person = people.get(delivery.person)
        if person is None:
            found[delivery.id] = Why.NO_PERSON
            continue
        zone = person[1]
        if delivery.kind is Kind.DIGEST and zone_of(zone) is None:
            zone = "UTC"
        if zone not in moments:
            moments[zone] = _moment(zone, now)
        why = _of_person(delivery, person, moments[zone])
        if why is None and delivery.kind is not Kind.DIGEST:
            why = _of_enrolment(delivery, enrolments.get(delivery.enrolment), moved_on)
        if why is not None:
            found[delivery.id] = why
    return found


@dataclass(frozen=True, slots=True)
class _Moment:
    """What it is now in a zone; a day goes on a little after midnight."""

    today: date
    lasting: date
    minute: int


def _moment(name: str, now: datetime) -> _Moment | None:
    zone = zone_of(name)
    if zone is None:
        return None
    local = now.astimezone(zone)
    lasting = (now - _AFTER_MIDNIGHT).astimezone(zone).date()
    return _Moment(local.date(), lasting, minute_of(local))


def _people(session: Session, deliveries: Collection[Delivery]) -> Any:
    c = PersonRow.__table__.c
    return select(
        c.id, c.zone, c.quiet_from, c.quiet_until, c.is_paused, c.paused_until,
        c.blocked_at.is_not(None),
    ).where(among(session, c.id, (d.person for d in deliveries)))  # fmt: skip


def _enrolments(session: Session, deliveries: Collection[Delivery]) -> Any:
    c = EnrolmentRow.__table__.c
    instants = (c.left_at, c.baseline_at, c.completed_at, c.followed_up_at)
    return select(c.id, *(at.is_not(None) for at in instants)).where(
        among(session, c.id, (d.enrolment for d in deliveries))
    )


def _moved_on(session: Session, deliveries: Collection[Delivery]) -> set[tuple[str, str]]:
    """(enrolment, module) that was finished, (enrolment, "") where something was begun, since.

    What was put off is asked for the hours before it, too.
    """
    enrolments = [d.enrolment for d in deliveries]
    event, sitting = EventRow.__table__, SittingRow.__table__
    since = min((d.due_at for d in deliveries), default=None)
    if since is None:
        return set()
    finished = select(event.c.enrolment, event.c.module).where(
        among(session, event.c.enrolment, enrolments),
        event.c.verb == Verb.COMPLETED,
        event.c.at >= since - _A_DAY,
    )
    is_open = and_(sitting.c.ended_at.is_(None), sitting.c.begun_at >= since - LATER)
    begun = select(sitting.c.enrolment).where(
        among(session, sitting.c.enrolment, enrolments), or_(sitting.c.begun_at >= since, is_open)
    )
    ended = set(session.execute(finished).tuples())
    return ended | {(enrolment, "") for enrolment in session.scalars(begun)}


def _of_person(delivery: Delivery, person: Any, moment: _Moment | None) -> str | None:
    _, _, quiet_from, quiet_until, is_paused, paused_until, is_blocked = person
    if is_blocked:
        return Why.BLOCKED
    if moment is None:
        return Why.NO_ZONE
    if moment.lasting > delivery.local_date:
        return OVER
    if delivery.kind is Kind.DIGEST:
        return Why.QUIET if is_quiet(moment.minute, *_TO_ADMINISTRATORS) else None
    if is_quiet(moment.minute, quiet_from, quiet_until):
        return Why.QUIET
    if is_paused:
        return Why.PAUSED
    is_away = paused_until is not None and moment.today <= paused_until
    return Why.AWAY if is_away else None


def _of_enrolment(
    delivery: Delivery, enrolment: Any, moved_on: Collection[tuple[str, str]]
) -> str | None:
    if enrolment is None:
        return Why.LEFT
    _, has_left, has_baseline, is_completed, has_followed_up = enrolment
    if has_left:
        return Why.LEFT
    if delivery.kind in (Kind.NOTE, Kind.REVIEW):
        return None
    if moved_on and (delivery.enrolment, "") in moved_on:
        return Why.AT_IT
    about = delivery.module or str(delivery.kind)
    is_done = (
        (has_baseline and about == Kind.BASELINE)
        or (is_completed and about == Kind.POSTTEST)
        or (has_followed_up and about == Kind.FOLLOWUP)
        or (bool(moved_on) and (delivery.enrolment, about) in moved_on)
    )
    return Why.DONE_TODAY if is_done else None
