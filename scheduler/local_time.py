"""Local days and hours as instants, where clocks are turned and days are left out."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY: Final = 24 * 60
_MINUTE: Final = timedelta(minutes=1)


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo | None:
    """The zone of that name; None when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=16384)
def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """When it is so late on that day: the first time if twice, and never on another day.

    An hour that is left out comes as much later; if that would be tomorrow, it is the last minute
    of the day.
    """
    at = datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(UTC)
    if at.astimezone(zone).date() == day:
        return at
    return _start(day + timedelta(days=1), zone) - _MINUTE


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def out_of_quiet(minute: int, quiet_from: int, quiet_until: int) -> int:
    """The hour chosen, or the end of the quiet hours when it lies within them."""
    return quiet_until if is_quiet(minute, quiet_from, quiet_until) else minute


def is_quiet(minute: int, quiet_from: int, quiet_until: int) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= minute < quiet_until
    return minute >= quiet_from or minute < quiet_until


def minute_of(local: datetime) -> int:
    return local.hour * 60 + local.minute
