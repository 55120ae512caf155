from datetime import UTC, datetime, timedelta

import pytest

from foundation.clock import FixedClock, system_clock


def test_the_system_clock_says_the_present_instant_in_utc() -> None:
    before, now, after = datetime.now(UTC), system_clock(), datetime.now(UTC)

    assert before <= now <= after
    assert now.utcoffset() == timedelta(0)


def test_a_fixed_clock_stands_still_until_it_is_told_to_advance() -> None:
    start = datetime(2026, 3, 1, 8, tzinfo=UTC)
    clock = FixedClock(start)

    assert clock() == clock() == start
    clock.advance(timedelta(days=1, minutes=5))
    assert clock() == datetime(2026, 3, 2, 8, 5, tzinfo=UTC)


def test_a_fixed_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        FixedClock(datetime(2026, 3, 1))  # noqa: DTZ001
