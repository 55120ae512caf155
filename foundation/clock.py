"""The time, as a parameter: the only place that asks the machine for it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is told to advance; for tests and rehearsals."""

    def __init__(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("a clock needs a zone: pass an aware datetime")
        self._now = now

    def __call__(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += by


class ShiftedClock:
    """The machine's time moved by days, to rehearse what comes later."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def __call__(self) -> datetime:
        return system_clock() + self._by
