"""Where people are, by the name of their zone."""

from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo


@cache
def place(zone: str) -> tzinfo:
    """A zone by its name; a time in one that nobody knows is told in UTC."""
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return UTC


def local(at: datetime, zone: str) -> datetime:
    """An instant as the clocks of a zone show it; what a database told without a zone is UTC."""
    there = place(zone)
    return there.fromutc(at.replace(tzinfo=there)) if at.tzinfo is None else at.astimezone(there)
