from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendars import is_chosen
from scheduler.delivery import Delivery, Kind
from scheduler.learner import Learner
from scheduler.local_time import instant, is_quiet, minute_of
from scheduler.planning import Plan, Why, followup_day, plan, slot_of

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
# Clocks turned at midnight, at one minute past it, by half an hour, by a day, and the usual ones.
ZONES = (
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Nuuk", "Pacific/Apia",
    "Pacific/Kwajalein", "Australia/Lord_Howe", "America/St_Johns", "America/Havana",
    "Asia/Tehran", "Africa/Casablanca", "Pacific/Kiritimati", "Asia/Kathmandu", "Europe/Dublin",
)  # fmt: skip
# Nights on which something happened somewhere, and leap days.
DAYS = (
    date(2011, 12, 29), date(1993, 8, 20), date(2024, 3, 30), date(2024, 10, 26), date(2026, 3, 28),
    date(2026, 10, 24), date(2026, 10, 31), date(2024, 2, 28), date(2026, 4, 4), date(2007, 11, 3),
    date(1994, 12, 30), date(2025, 12, 31),
)  # fmt: skip


def a_learner(**values: object) -> Learner:
    given = {
        "enrolment": "e", "person": "p", "zone": "Asia/Shanghai", "minute": 480,
        "enrolled_at": LONG_AGO, "has_baseline": True, "next_module": "values-01-core-values",
        **values,
    }  # fmt: skip
    return Learner(**given)  # type: ignore[arg-type]


def shanghai(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def after(learner: Learner, delivery: Delivery) -> Learner:
    """The same learner after that delivery was written, and finished at once."""
    return learner._replace(last_on=delivery.local_date, last_at=delivery.due_at)


def played(learner: Learner, start: datetime, minutes: int, step: int) -> list[Delivery]:
    """Everything that is planned while a clock goes on in steps of so many minutes."""
    found = []
    for passed in range(0, minutes, step):
        planned = plan(learner, start + timedelta(minutes=passed)).due
        if planned is not None:
            found.append(planned)
            learner = after(learner, planned)
    return found


def test_the_module_is_due_at_the_hour_chosen_and_not_before() -> None:
    learner = a_learner()

    assert plan(learner, shanghai(23, 7, 59)) == Plan(why=Why.EARLY)
    due = plan(learner, shanghai(23, 8)).due
    assert due is not None
    assert (due.kind, due.module) == (Kind.MODULE, "values-01-core-values")
    assert (due.local_date, due.due_at) == (date(2026, 11, 23), shanghai(23, 8))


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"zone": "Mars/Olympus"}, Why.NO_ZONE),
        ({"zone": "../../etc/passwd"}, Why.NO_ZONE),
        ({"minute": 25 * 60}, Why.NO_HOUR),
        ({"minute": -1}, Why.NO_HOUR),
        ({"quiet_until": 5000}, Why.NO_HOUR),
        ({"fault": "track"}, Why.NO_TRACK),
        ({"is_blocked": True}, Why.BLOCKED),
        ({"is_paused": True}, Why.PAUSED),
        ({"away_until": date(2026, 11, 23)}, Why.AWAY),
        ({"days": "67"}, Why.NOT_A_DAY),
        ({"days": ""}, Why.NOT_A_DAY),
        ({"enrolled_at": shanghai(23, 8, 1)}, Why.JOINED_LATER),
        ({"last_on": date(2026, 11, 23)}, Why.HAD_TODAY),
        ({"last_on": date(2026, 11, 24)}, Why.HAD_TODAY),
        ({"last_at": shanghai(23, 1)}, Why.TOO_SOON),
        ({"is_current": False}, Why.OTHER_TRACK),
        ({"sitting_on": date(2026, 11, 23)}, Why.AT_IT),
        ({"done_at": shanghai(23, 7)}, Why.DONE_TODAY),
        ({"offered": True, "silent": 3, "reminded": 2}, Why.SILENT),
    ],
)
def test_why_nothing_goes_out_is_said(values: dict[str, object], why: Why) -> None:
    assert plan(a_learner(**values), shanghai(23, 8, 30)) == Plan(why=why)


def test_who_is_back_from_being_away_goes_on_the_day_after() -> None:
    learner = a_learner(away_until=date(2026, 11, 22))

    assert plan(learner, shanghai(23, 8)).due is not None


def test_an_hour_in_the_quiet_hours_waits_for_their_end() -> None:
    learner = a_learner(minute=5 * 60, quiet_from=22 * 60, quiet_until=7 * 60)

    assert plan(learner, shanghai(23, 6, 59)).why is Why.EARLY
    assert plan(learner, shanghai(23, 7)).due is not None


def test_what_was_missed_is_made_good_the_same_day_but_not_at_night() -> None:
    learner = a_learner(quiet_from=22 * 60, quiet_until=7 * 60)

    assert plan(learner, shanghai(23, 21, 59)).due is not None
    assert plan(learner, shanghai(23, 22)).why is Why.QUIET


def test_the_chinese_calendar_knows_moved_workdays_and_holidays() -> None:
    learner = a_learner(calendar="cn", days="12345")

    assert plan(learner, shanghai(1, 9, month=10)).why is Why.NOT_A_DAY
    assert plan(learner, shanghai(10, 9, month=10)).due is not None  # a Saturday, worked
    assert plan(learner, shanghai(11, 9, month=10)).why is Why.NOT_A_DAY


def test_beyond_the_announced_years_weekdays_are_workdays() -> None:
    assert is_chosen(date(2045, 3, 1), "12345", "cn")
    assert not is_chosen(date(2045, 3, 4), "12345", "cn")
    assert not is_chosen(date(2046, 10, 1), "12345", "cn")


def test_a_baseline_comes_first_and_a_test_last() -> None:
    first = plan(a_learner(has_baseline=False), shanghai(23, 8)).due
    last = plan(a_learner(next_module=""), shanghai(23, 8)).due

    assert first is not None
    assert last is not None
    assert (first.kind, last.kind) == (Kind.BASELINE, Kind.POSTTEST)


def test_an_unfinished_module_is_offered_again_twice_then_there_is_peace() -> None:
    now, kinds, learner = shanghai(2, 8), [], a_learner()
    for _ in range(6):
        planned = plan(learner, now)
        if planned.due is not None:
            kinds.append((str(planned.due.kind), planned.due.module, planned.due.number))
            learner = after(learner, planned.due)._replace(
                offered=True, silent=learner.silent + 1,
                reminded=learner.reminded + (planned.due.kind is Kind.REMINDER),
            )  # fmt: skip
        learner = learner._replace(is_paused=learner.is_paused or planned.pauses)
        now += timedelta(days=1)

    assert kinds == [
        ("module", "values-01-core-values", 0),
        ("reminder", "values-01-core-values", 1),
        ("reminder", "values-01-core-values", 2),
    ]
    assert learner.is_paused


@pytest.mark.parametrize(
    ("kind", "values"),
    [("baseline", {"has_baseline": False}), ("posttest", {"next_module": ""})],
)
def test_a_reminder_says_what_it_reminds_of(kind: str, values: dict[str, object]) -> None:
    due = plan(a_learner(offered=True, **values), shanghai(23, 8)).due

    assert due is not None
    assert (due.kind, due.module, due.number) == (Kind.REMINDER, kind, 1)


def asked_on(learner: Learner, completed: datetime) -> list[tuple[int, str]]:
    """On which days after completing something about it goes out, and what."""
    found = []
    for day in range(60):
        now = completed + timedelta(days=day)
        due = plan(learner, now).due
        if due is not None:
            found.append((day, str(due.kind)))
            learner = after(learner, due)._replace(asked=learner.asked + 1, asked_on=due.local_date)
    return found


def test_a_month_later_comes_the_question_and_one_reminder() -> None:
    completed = shanghai(2, 9)
    learner = a_learner(completed_at=completed, next_module="")

    assert asked_on(learner, completed) == [(30, "followup"), (33, "reminder")]


def test_who_answered_or_is_beyond_the_window_is_not_asked() -> None:
    completed = shanghai(2, 9)
    learner = a_learner(completed_at=completed, next_module="")

    assert asked_on(learner._replace(has_followed_up=True), completed) == []
    assert plan(learner, completed + timedelta(days=37)).due is not None
    assert plan(learner, completed + timedelta(days=38)).why is Why.NOTHING_LEFT


def test_the_question_moves_within_its_window_to_a_chosen_day() -> None:
    completed = date(2026, 11, 2)

    assert followup_day(completed, "1234567", "") == date(2026, 12, 2)
    assert followup_day(completed, "1", "") == date(2026, 12, 7)
    # The whole of day 30 to 37 is a holiday: the last workday before it.
    assert followup_day(date(2026, 9, 1), "12345", "cn").isoformat() == "2026-10-08"
    assert followup_day(completed, "", "") == date(2026, 12, 2)


def test_reviews_after_a_track_come_once_a_week_at_most() -> None:
    learner = a_learner(
        completed_at=shanghai(2, 9), has_followed_up=True, next_module="",
        review_on=date(2026, 11, 10),
    )  # fmt: skip

    assert plan(learner, shanghai(9, 8)).why is Why.NOTHING_LEFT
    due = plan(learner, shanghai(10, 8)).due
    assert due is not None
    assert due.kind is Kind.REVIEW
    again = learner._replace(reviewed_on=date(2026, 11, 10))
    assert plan(again, shanghai(16, 8)).why is Why.NOTHING_LEFT
    assert plan(again, shanghai(17, 8)).due is not None


def test_two_processes_make_the_same_row_of_the_same_slot() -> None:
    one = plan(a_learner(next_module="values-01"), shanghai(23, 8)).due
    other = plan(a_learner(next_module="values-02", enrolment="f"), shanghai(23, 9)).due

    assert one is not None
    assert other is not None
    assert one.id == other.id


some_learners = st.builds(
    lambda zone, minute, days, quiet: a_learner(
        zone=zone, minute=minute, days=days, quiet_from=quiet[0], quiet_until=quiet[1]
    ),
    st.sampled_from(ZONES),
    st.integers(0, 1439),
    st.sampled_from(["1234567", "12345", "6", "135"]),
    st.sampled_from([(0, 0), (1320, 420), (60, 300), (720, 780)]),
)
starts = st.builds(
    lambda day, minute: datetime.combine(day, datetime.min.time(), UTC) + timedelta(minutes=minute),
    st.sampled_from(DAYS),
    st.integers(-1440, 1440),
)


def lived_through(zone: ZoneInfo, start: datetime, minutes: int) -> list[date]:
    """The local days of which the clock saw the end, so that nothing of them can come any more."""
    days = [(start + timedelta(minutes=n)).astimezone(zone).date() for n in range(0, minutes, 5)]
    return sorted({day for day in days if days[0] < day < days[-1]})


@settings(max_examples=300, deadline=None)
@given(learner=some_learners, start=starts)
def test_every_chosen_day_has_its_delivery_once_whatever_the_clocks_do(
    learner: Learner, start: datetime
) -> None:
    zone, minutes = ZoneInfo(learner.zone), 5 * 1440

    found = played(learner, start, minutes, 1)

    days = [delivery.local_date for delivery in found]
    assert sorted(set(days)) == days
    assert len({delivery.id for delivery in found}) == len(found)
    wanted = [d for d in lived_through(zone, start, minutes) if is_chosen(d, learner.days, "")]
    assert set(wanted) <= set(days)
    for delivery in found:
        local = delivery.due_at.astimezone(zone)
        assert local.date() == delivery.local_date
        assert not is_quiet(minute_of(local), learner.quiet_from, learner.quiet_until)
        late = delivery.due_at - slot_of(learner, delivery.local_date, zone)
        assert timedelta() <= late
        # Only the first may have been missed, and the second keeps its distance from it.
        assert late < timedelta(minutes=1) or delivery in found[:2]


@settings(max_examples=200, deadline=None)
@given(
    learner=some_learners,
    start=starts,
    jumps=st.lists(st.integers(-3000, 3000), max_size=30),
    zones=st.lists(st.sampled_from(ZONES), max_size=30),
)
def test_no_jump_of_a_clock_and_no_move_gives_two_on_one_day_or_any_in_the_past(
    learner: Learner, start: datetime, jumps: list[int], zones: list[str]
) -> None:
    found: list[Delivery] = []
    now = start
    for number, jump in enumerate(jumps):
        now += timedelta(minutes=jump)
        if number < len(zones):
            learner = learner._replace(zone=zones[number])
        due = plan(learner, now).due
        if due is None:
            continue
        assert due.due_at == now
        assert due.local_date == now.astimezone(ZoneInfo(learner.zone)).date()
        if found:
            assert due.due_at - found[-1].due_at >= timedelta(hours=8)
        found.append(due)
        learner = after(learner, due)

    days = [delivery.local_date for delivery in found]
    assert sorted(set(days)) == days


@settings(max_examples=300, deadline=None)
@given(
    zone=st.sampled_from(ZONES), day=st.dates(date(1990, 1, 1), date(2037, 1, 1)),
    minute=st.integers(0, 1439),
)  # fmt: skip
def test_the_hour_of_a_day_lies_on_that_day_unless_the_day_is_left_out(
    zone: str, day: date, minute: int
) -> None:
    at = instant(day, minute, ZoneInfo(zone))

    is_left_out = (zone, day) in {
        ("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21)),
        ("Pacific/Kiritimati", date(1994, 12, 31)), ("Pacific/Kiritimati", date(1995, 1, 1)),
    }  # fmt: skip
    assert is_left_out or at.astimezone(ZoneInfo(zone)).date() == day
