"""Times as people write and read them: an hour of the day, a calendar day."""

import re
import unicodedata
from datetime import date
from typing import Final

_TIME: Final = re.compile(
    r"^(?P<half>早上|上午|中午|下午|晚上|晚|早)?\s*(?P<h>\d{1,2})\s*(?:[:.点时]\s*(?P<m>\d{1,2}|半)?\s*分?)?"
    r"\s*(?P<ampm>am|pm)?$",
    re.I,
)
_LATER: Final = ("下午", "晚上", "晚", "pm")
_NOON: Final = 12


def minute_in(said: str) -> int | None:
    """The minute of the day somebody wrote: 7:30, 晚上8点, 8 pm, 二十点 is not read."""
    found = _TIME.match(unicodedata.normalize("NFKC", said).strip().lower())
    if found is None:
        return None
    hour = int(found["h"])
    minute = 30 if found["m"] == "半" else int(found["m"] or 0)
    half = found["half"] or found["ampm"] or ""
    if half in _LATER and hour < _NOON:
        hour += _NOON
    elif half == "am" and hour == _NOON:
        hour = 0
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def hour_said(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def day_said(day: date, language: str) -> str:
    if language == "en":
        return f"{day.day} {day:%B} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"
