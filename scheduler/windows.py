"""Which hours of which zones came since somebody last looked: what need not be read is not."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from scheduler.local_time import minute_of
from scheduler.weekly import NOTE_AT

# Beyond it days, turned clocks and midnights play a part, and everybody is looked at.
LONGEST: Final = timedelta(hours=6)


def crossed(zone: ZoneInfo, since: datetime, now: datetime) -> tuple[int, int] | tuple[()] | None:
    """First and last minute of the day that came after `since`; () is none, None may be any."""
    if not timedelta() <= now - since <= LONGEST:
        return None
    before, local = since.astimezone(zone), now.astimezone(zone)
    if before.date() != local.date() or before.utcoffset() != local.utcoffset():
        return None
    first, last = minute_of(before) + 1, minute_of(local)
    if first <= NOTE_AT <= last:
        return None
    return (first, last) if first <= last else ()
