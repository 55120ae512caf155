from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.local_time import instant
from scheduler.weekly import NOTE_AT
from scheduler.windows import crossed
from tests.scheduler.test_planning import ZONES, starts

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)


def test_what_was_looked_at_is_not_looked_at_again() -> None:
    assert crossed(SHANGHAI, at(8, 0, 5), at(8, 0, 25)) == ()
    assert crossed(SHANGHAI, at(8, 0), at(8, 0, 20)) == ()
    assert crossed(SHANGHAI, at(7, 59, 59), at(8, 0, 19)) == (480, 480)
    assert crossed(SHANGHAI, at(7, 30), at(8, 0)) == (451, 480)


def test_after_long_and_over_midnight_and_at_the_hour_of_notes_everybody_is() -> None:
    assert crossed(SHANGHAI, at(1, 0), at(8, 0)) is None
    assert crossed(SHANGHAI, at(23, 59), at(23, 59) + timedelta(minutes=2)) is None
    assert crossed(SHANGHAI, at(16, 59, 50), at(17, 0, 10)) is None
    assert crossed(SHANGHAI, at(9, 0), at(8, 0)) is None


@settings(max_examples=400, deadline=None)
@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo), start=starts, seconds=st.integers(0, 30_000),
    minute=st.integers(0, 1439),
)  # fmt: skip
def test_no_hour_that_came_is_left_out(
    zone: ZoneInfo, start: datetime, seconds: int, minute: int
) -> None:
    now = start + timedelta(seconds=seconds)
    window = crossed(zone, start, now)

    days: list[date] = [moment.astimezone(zone).date() for moment in (start, now)]
    came = any(start < instant(day, minute, zone) <= now for day in days)
    is_looked_at = window is None or (window != () and window[0] <= minute <= window[1])
    assert is_looked_at or not came
    assert minute != NOTE_AT or not came or window is None
