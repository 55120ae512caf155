"""A period: from one instant until just before another; open ends are allowed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Period:
    """What falls into it counts; `since` is in it, `until` is not."""

    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def of_days(cls, first: date | None, last: date | None, zone: str) -> "Period":
        """From the morning of the first day to the end of the last one, where the people are."""
        place = ZoneInfo(zone)
        since = datetime.combine(first, time(), place) if first else None
        until = datetime.combine(last + timedelta(days=1), time(), place) if last else None
        return cls(since, until)

    def holds(self, instant: datetime) -> bool:
        is_early = self.since is not None and instant < self.since
        return not is_early and (self.until is None or instant < self.until)
