"""Which days count: the weekdays somebody chose, or the workdays of the Chinese calendar."""

from datetime import date
from functools import cache
from typing import Final

CHINESE: Final = "cn"
_FRIDAY: Final = 5
_WEEKDAYS: Final = frozenset("12345")
# The days off that the law itself fixes; the moved ones are announced year by year.
_FIXED: Final = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@cache
def chinese_workday(day: date) -> bool:
    """Is it a workday in China? Beyond the announced years: Monday to Friday, no fixed holiday."""
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return day.isoweekday() <= _FRIDAY and (day.month, day.day) not in _FIXED


@cache
def last_known_year() -> int:
    """The last year whose holidays are known; after it the calendar is only a guess."""
    from chinese_calendar.constants import holidays

    return int(max(holidays).year)


def is_chosen(day: date, days: str, calendar: str) -> bool:
    """A chosen day; with the Chinese calendar holidays are none, and workdays moved to a weekend
    are for those who chose every weekday.
    """
    is_asked = str(day.isoweekday()) in days
    if calendar != CHINESE:
        return is_asked
    is_moved = day.isoweekday() > _FRIDAY and set(days) >= _WEEKDAYS
    return (is_asked or is_moved) and chinese_workday(day)
