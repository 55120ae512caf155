"""The days, months and five-year periods of a sentence, each held whole against its quotes."""

import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from retrieval.folding import fold, number_of

_MONTHS: Final = {name.casefold(): number for number, name in enumerate(month_name) if name}
_MONTH: Final = "|".join(_MONTHS)
_WRITTEN: Final = (
    re.compile(r"(?:(?P<y>\d{4})\s*年\s*)?(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?"),
    re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<m>{_MONTH})(?:,? (?P<y>\d{{4}}))?"),
    re.compile(rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?"),
    re.compile(rf"(?<!\d )\b(?P<m>{_MONTH}),? (?P<y>\d{{4}})"),
)
PERIOD: Final = re.compile(r"十(?P<zh>[一二三四五六])五|\b(?P<en>1[1-6])th five[- ]year\b")


@dataclass(frozen=True, slots=True)
class Day:
    """A day or a month; what is not said of it is 0."""

    year: int
    month: int
    day: int

    def may_be(self, other: "Day") -> bool:
        """Is all that is said here said there too?"""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine in (0, theirs) for mine, theirs in pairs)


def days(text: str) -> list[Day]:
    """Every day and month that a text gives."""
    return list(_days(fold(text)))


def _days(folded: str) -> Iterator[Day]:
    for pattern in _WRITTEN:
        for found in pattern.finditer(folded):
            parts = found.groupdict()
            month = _MONTHS.get(parts["m"]) or int(parts["m"])
            yield Day(int(parts.get("y") or 0), month, int(parts.get("d") or 0))


def periods(text: str) -> set[int]:
    """The five-year periods that a text names: 十三五 is the thirteenth."""
    return {
        10 + number_of(found["zh"]) if found["zh"] else int(found["en"])
        for found in PERIOD.finditer(fold(text))
    }


def stray_days(sentence: str, quoted: str, around: str) -> list[Day]:
    """The days of a sentence that are not put together so in its quotes.

    A day without its year may stand in the quotes, and the year in the headings around them.
    """
    held = days(quoted) or days(around)
    years = {int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", fold(f"{quoted}\n{around}"))}
    known = [*held, *(Day(y, day.month, day.day) for day in held if not day.year for y in years)]
    return [day for day in days(sentence) if not any(day.may_be(other) for other in known)]


def stray_periods(sentence: str, quoted: str, around: str) -> set[int]:
    """Five-year periods that neither the quotes name nor, where they name none, the headings."""
    return periods(sentence) - (periods(quoted) or periods(around))
