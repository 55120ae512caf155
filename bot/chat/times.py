"""Times as people write and read them: an hour of the day, a calendar day."""

import re
import unicodedata
from datetime import date
from typing import Final

from retrieval.folding import number_of

_NUMBER: Final = r"\d{1,2}|[零〇一二两三四五六七八九十]{1,3}"
_TIME: Final = re.compile(
    rf"^(?:每天)?\s*(?P<half>早上|早晨|上午|中午|下午|傍晚|晚上|晚|早)?\s*(?P<h>{_NUMBER})"
    rf"\s*(?:[:.点點时]\s*(?P<m>{_NUMBER}|半|一刻|三刻|整|钟)?\s*分?)?\s*(?P<ampm>am|pm)?$",
    re.I,
)
_LATER: Final = ("下午", "傍晚", "晚上", "晚", "pm")
_PARTS: Final = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, "钟": 0}
_NOON: Final = 12
_LONGEST_SLIP: Final = 16


def minute_in(said: str) -> int | None:
    """The minute of the day somebody wrote: 7:30, 晚上8点, 早上七点半, 8 pm."""
    found = _TIME.match(unicodedata.normalize("NFKC", said).strip(" 。.吧").lower())
    if found is None:
        return None
    hour, part = _value(found["h"]), found["m"] or "0"
    minute = _PARTS[part] if part in _PARTS else _value(part)
    half = found["half"] or found["ampm"] or ""
    if (half in _LATER and hour < _NOON) or (half == "中午" and hour < 3):
        hour += _NOON
    elif half == "am" and hour == _NOON:
        hour = 0
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _value(written: str) -> int:
    return int(written) if written.isdecimal() else number_of(written)


def asks(said: str) -> bool:
    """Whether words that are no hour or place are rather a question than a slip of the pen."""
    return len(said) > _LONGEST_SLIP or said.strip().endswith(("?", "？"))


def hour_said(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def day_said(day: date, language: str) -> str:
    if language == "en":
        return f"{day.day} {day:%B} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"
