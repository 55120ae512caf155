"""Later: what somebody would rather have in two hours comes then, if their day allows it."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from scheduler import claiming
from scheduler.delivery import State
from scheduler.local_time import is_quiet, minute_of, zone_of
from scheduler.rows import DeliveryRow
from training_modules.rows import PersonRow

LATER: Final = timedelta(hours=2)


def snooze(session: Session, delivery: str, now: datetime) -> datetime | None:
    """When it comes again; None when that would be another day, or in their quiet hours."""
    row = session.get(DeliveryRow, delivery)
    person = session.get(PersonRow, row.person) if row else None
    zone = zone_of(person.zone) if person else None
    if row is None or person is None or zone is None:
        return None
    if row.state == State.DUE:
        return row.due_at
    until = now + LATER
    local = until.astimezone(zone)
    is_another_day = local.date() != row.local_date
    if is_another_day or is_quiet(minute_of(local), person.quiet_from, person.quiet_until):
        return None
    return until if claiming.snooze(session, delivery, until, now) else None
