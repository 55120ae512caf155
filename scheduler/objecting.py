"""Why something that was due must not go out any more: asked again just before it is sent."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.delivery import Delivery, Kind
from scheduler.local_time import is_quiet, minute_of, zone_of
from scheduler.planning import Why
from training_modules.event import Verb
from training_modules.rows import EnrolmentRow, EventRow, PersonRow, SittingRow

OVER: Final = "over"
# What was due a moment before midnight may still go out.
_AFTER_MIDNIGHT: Final = timedelta(minutes=30)
_TO_ADMINISTRATORS: Final = (20 * 60, 9 * 60)


def objections(session: Session, deliveries: Collection[Delivery], now: datetime) -> dict[str, str]:
    """The reasons by delivery; what nothing speaks against is not among them."""
    people = {row.id: row for row in session.execute(_people(deliveries))}
    enrolments = {row.id: row for row in session.execute(_enrolments(deliveries))}
    moved_on = _moved_on(session, deliveries)
    found: dict[str, str] = {}
    for delivery in deliveries:
        person = people.get(delivery.person)
        why = _of_person(delivery, person, now)
        if why is None and delivery.kind is not Kind.DIGEST:
            why = _of_enrolment(delivery, enrolments.get(delivery.enrolment), moved_on)
        if why is not None:
            found[delivery.id] = why
    return found


def _people(deliveries: Collection[Delivery]) -> Any:
    row = PersonRow
    return select(
        row.id, row.zone, row.quiet_from, row.quiet_until, row.is_paused, row.paused_until,
        row.blocked_at,
    ).where(row.id.in_([d.person for d in deliveries]))  # fmt: skip


def _enrolments(deliveries: Collection[Delivery]) -> Any:
    row = EnrolmentRow
    return select(row.id, row.left_at, row.baseline_at, row.completed_at, row.followed_up_at).where(
        row.id.in_([d.enrolment for d in deliveries])
    )


def _moved_on(session: Session, deliveries: Collection[Delivery]) -> set[tuple[str, str]]:
    """(enrolment, module) that was finished, (enrolment, "") where something was begun, since."""
    enrolments = [d.enrolment for d in deliveries]
    since = min((d.due_at for d in deliveries), default=None)
    if since is None:
        return set()
    finished = select(EventRow.enrolment, EventRow.module).where(
        EventRow.enrolment.in_(enrolments), EventRow.verb == Verb.COMPLETED, EventRow.at >= since
    )
    begun = select(SittingRow.enrolment).where(
        SittingRow.enrolment.in_(enrolments), SittingRow.begun_at >= since
    )
    ended = set(session.execute(finished).tuples())
    return ended | {(enrolment, "") for enrolment in session.scalars(begun)}


def _of_person(delivery: Delivery, person: Any, now: datetime) -> str | None:
    if person is None:
        return Why.NO_PERSON
    if person.blocked_at is not None:
        return Why.BLOCKED
    zone = zone_of(person.zone)
    if zone is None:
        return Why.NO_ZONE
    if (now - _AFTER_MIDNIGHT).astimezone(zone).date() > delivery.local_date:
        return OVER
    quiet = (person.quiet_from, person.quiet_until)
    local = now.astimezone(zone)
    if delivery.kind is Kind.DIGEST:
        return Why.QUIET if is_quiet(minute_of(local), *_TO_ADMINISTRATORS) else None
    if is_quiet(minute_of(local), *quiet):
        return Why.QUIET
    if person.is_paused:
        return Why.PAUSED
    is_away = person.paused_until is not None and local.date() <= person.paused_until
    return Why.AWAY if is_away else None


def _of_enrolment(
    delivery: Delivery, enrolment: Any, moved_on: Collection[tuple[str, str]]
) -> str | None:
    if enrolment is None or enrolment.left_at is not None:
        return Why.LEFT
    if delivery.kind in (Kind.NOTE, Kind.REVIEW):
        return None
    if (delivery.enrolment, "") in moved_on:
        return Why.AT_IT
    about = delivery.module or str(delivery.kind)
    instants = {
        str(Kind.BASELINE): enrolment.baseline_at, str(Kind.POSTTEST): enrolment.completed_at,
        str(Kind.FOLLOWUP): enrolment.followed_up_at,
    }  # fmt: skip
    is_done = instants.get(about) is not None or (delivery.enrolment, about) in moved_on
    return Why.DONE_TODAY if is_done else None
