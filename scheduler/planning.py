"""What is due for a learner at this moment, or why nothing is: a pure decision."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from scheduler.calendars import is_chosen
from scheduler.delivery import Delivery, Kind, slot_id
from scheduler.learner import Learner
from scheduler.local_time import DAY, instant, is_quiet, minute_of, out_of_quiet, zone_of

MOST_REMINDERS: Final = 2
# Between two days' messages, also for somebody who flies east or chooses another hour.
SHORTEST_GAP: Final = timedelta(hours=8)
FOLLOWUP_FROM: Final = 28
FOLLOWUP_ON: Final = 30
FOLLOWUP_UNTIL: Final = 37
_FOLLOWUPS: Final = 2
_BEFORE_ASKING_AGAIN: Final = 3
_BETWEEN_REVIEWS: Final = 7


class Why(StrEnum):
    """Why nothing goes out to somebody now; `schedule.why.<…>` says it in words."""

    NO_ZONE = "zone"
    NO_HOUR = "hour"
    NO_PERSON = "person"
    NO_TRACK = "track"
    UNREACHABLE = "channel"
    BLOCKED = "blocked"
    LEFT = "left"
    PAUSED = "paused"
    AWAY = "away"
    NOT_A_DAY = "day"
    EARLY = "early"
    JOINED_LATER = "joined"
    HAD_TODAY = "today"
    QUIET = "quiet"
    TOO_SOON = "soon"
    OTHER_TRACK = "other"
    AT_IT = "sitting"
    DONE_TODAY = "done"
    NOTHING_LEFT = "finished"
    SILENT = "silent"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Plan:
    """A delivery, or why there is none; after too much silence the learner is to be paused."""

    due: Delivery | None = None
    why: Why | None = None

    @property
    def pauses(self) -> bool:
        return self.why is Why.SILENT


@dataclass(frozen=True, slots=True)
class _Step:
    kind: Kind
    module: str = ""
    number: int = 0


def plan(learner: Learner, now: datetime) -> Plan:
    """The one daily delivery of a learner, when its moment has come and nothing speaks against."""
    zone = zone_of(learner.zone)
    fault = fault_of(learner)
    if fault is not None or zone is None:
        return Plan(why=fault)
    local = now.astimezone(zone)
    why = at_peace(learner, local.date()) or _not_now(learner, now, local, zone)
    if why is not None:
        return Plan(why=why)
    step = _next_step(learner, local.date(), zone)
    if isinstance(step, Why):
        return Plan(why=step)
    slot = slot_id(learner.person, "daily", local.date())
    return Plan(
        Delivery(
            slot, learner.enrolment, learner.person, step.kind, step.module, step.number,
            local.date(), now,
        )
    )  # fmt: skip


def fault_of(learner: Learner) -> Why | None:
    """What is wrong with an enrolment itself, so that it can never be planned."""
    if learner.fault:
        return Why(learner.fault)
    if zone_of(learner.zone) is None:
        return Why.NO_ZONE
    earliest = min(learner.minute, learner.quiet_from, learner.quiet_until)
    latest = max(learner.minute, learner.quiet_from, learner.quiet_until)
    return None if earliest >= 0 and latest < DAY else Why.NO_HOUR


def at_peace(learner: Learner, today: date) -> Why | None:
    """Whoever blocked us, paused or is away is left alone."""
    if learner.is_blocked:
        return Why.BLOCKED
    if learner.is_paused:
        return Why.PAUSED
    if learner.away_until is not None and today <= learner.away_until:
        return Why.AWAY
    return None


def slot_of(learner: Learner, day: date, zone: ZoneInfo) -> datetime:
    """When a day's delivery is due: the hour chosen, or the end of the quiet hours."""
    minute = out_of_quiet(learner.minute, learner.quiet_from, learner.quiet_until)
    return instant(day, minute, zone)


def _not_now(learner: Learner, now: datetime, local: datetime, zone: ZoneInfo) -> Why | None:
    today = local.date()
    if not is_chosen(today, learner.days, learner.calendar):
        return Why.NOT_A_DAY
    slot = slot_of(learner, today, zone)
    if now < slot:
        return Why.EARLY
    if slot < learner.enrolled_at:
        return Why.JOINED_LATER
    # Days only go on, also for somebody who flew back over the date line.
    if learner.last_on is not None and today <= learner.last_on:
        return Why.HAD_TODAY
    if is_quiet(minute_of(local), learner.quiet_from, learner.quiet_until):
        return Why.QUIET
    if learner.last_at is not None and now < learner.last_at + SHORTEST_GAP:
        return Why.TOO_SOON
    return None


def _next_step(learner: Learner, today: date, zone: ZoneInfo) -> _Step | Why:
    if learner.completed_at is not None:
        return _after_track(learner, today, learner.completed_at.astimezone(zone).date())
    if not learner.is_current:
        return Why.OTHER_TRACK
    if learner.sitting_on == today:
        return Why.AT_IT
    if learner.done_at is not None and learner.done_at.astimezone(zone).date() == today:
        return Why.DONE_TODAY
    step = _unfinished(learner)
    if not learner.offered:
        return step
    if learner.reminded >= MOST_REMINDERS:
        return Why.SILENT
    return _Step(Kind.REMINDER, step.module or step.kind, learner.reminded + 1)


def _unfinished(learner: Learner) -> _Step:
    if not learner.has_baseline:
        return _Step(Kind.BASELINE)
    if learner.next_module:
        return _Step(Kind.MODULE, learner.next_module)
    return _Step(Kind.POSTTEST)


def _after_track(learner: Learner, today: date, completed_on: date) -> _Step | Why:
    step = _followup(learner, today, completed_on)
    if step is not None:
        return step
    if not learner.is_current or learner.review_on is None or learner.review_on > today:
        return Why.NOTHING_LEFT
    if learner.silent > MOST_REMINDERS:
        return Why.SILENT
    if learner.reviewed_on and (today - learner.reviewed_on).days < _BETWEEN_REVIEWS:
        return Why.NOTHING_LEFT
    return _Step(Kind.REVIEW)


def _followup(learner: Learner, today: date, completed_on: date) -> _Step | None:
    """The question whether something was put into practice, and one reminder of it."""
    is_over = today > completed_on + timedelta(days=FOLLOWUP_UNTIL)
    if learner.has_followed_up or is_over or learner.asked >= _FOLLOWUPS:
        return None
    if learner.asked_on is None:
        is_due = today >= followup_day(completed_on, learner.days, learner.calendar)
        return _Step(Kind.FOLLOWUP) if is_due else None
    is_due = (today - learner.asked_on).days >= _BEFORE_ASKING_AGAIN
    return _Step(Kind.REMINDER, Kind.FOLLOWUP, 1) if is_due else None


def followup_day(completed_on: date, days: str, calendar: str) -> date:
    """Day thirty or the next chosen day; before a long holiday the last one of the window."""
    ranked = (
        *range(FOLLOWUP_ON, FOLLOWUP_UNTIL + 1),
        *range(FOLLOWUP_ON - 1, FOLLOWUP_FROM - 1, -1),
    )
    found = (completed_on + timedelta(days=number) for number in ranked)
    chosen = (day for day in found if is_chosen(day, days, calendar))
    return next(chosen, completed_on + timedelta(days=FOLLOWUP_ON))
