"""What goes out once a week: the note to a trainee, the digest to an administrator."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from scheduler.calendars import is_chosen
from scheduler.delivery import Delivery, Kind, slot_id
from scheduler.learner import Administrator, Learner
from scheduler.local_time import instant, is_quiet, minute_of, out_of_quiet, zone_of
from scheduler.planning import at_peace, fault_of

NOTE_AT: Final = 17 * 60
DIGEST_AT: Final = 9 * 60
_EVENING: Final = 20 * 60
_WEEK: Final = 7


def plan_note(learner: Learner, now: datetime) -> Delivery | None:
    """On the last chosen day of a week, to whoever learned something in it."""
    zone = zone_of(learner.zone)
    if zone is None or fault_of(learner) or not learner.is_current or not learner.learned:
        return None
    local = now.astimezone(zone)
    if minute_of(local) < NOTE_AT:
        return None
    today = local.date()
    if at_peace(learner, today) or today != _last_chosen(today, learner.days, learner.calendar):
        return None
    minute = out_of_quiet(NOTE_AT, learner.quiet_from, learner.quiet_until)
    is_over = is_quiet(minute_of(local), learner.quiet_from, learner.quiet_until)
    if now < instant(today, minute, zone) or is_over:
        return None
    slot = slot_id(learner.person, "note", _monday(today))
    return Delivery(slot, learner.enrolment, learner.person, Kind.NOTE, "", 0, today, now)


def plan_digest(administrator: Administrator, now: datetime) -> Delivery | None:
    """On Monday morning, or later in the week when nobody was there to send it.

    Whoever is in no zone is told of it all the same, by the clock of the world.
    """
    zone = zone_of(administrator.zone) or ZoneInfo("UTC")
    if administrator.blocked_at is not None:
        return None
    local = now.astimezone(zone)
    if now < instant(_monday(local.date()), DIGEST_AT, zone):
        return None
    if is_quiet(minute_of(local), _EVENING, DIGEST_AT):
        return None
    slot, person = slot_id(administrator.person, "digest", _monday(local.date())), administrator
    return Delivery(slot, person.person, person.person, Kind.DIGEST, "", 0, local.date(), now)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=1024)
def _last_chosen(today: date, days: str, calendar: str) -> date | None:
    week = (_monday(today) + timedelta(days=n) for n in reversed(range(_WEEK)))
    return next((day for day in week if is_chosen(day, days, calendar)), None)
