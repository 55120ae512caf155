"""Whether a time that a document gives is over: the deadline, the period, reckoned from today."""

import re
from datetime import date
from typing import Final

from foundation.wording import say
from retrieval.answer import Quote
from retrieval.composing.draft import Draft, Statement
from retrieval.composing.signatures import signature_lines
from retrieval.library import Library

_FULL: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_DAY: Final = re.compile(r"(?<![\d年])\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_YEARS: Final = re.compile(r"(\d{4})\s*年?\s*(?:[-—–―~至到]+)\s*(\d{4})\s*年?")
_DEADLINE: Final = re.compile(r"截止|截至|期限|有效|之前|以前|至|deadline")


def ends_on(text: str, published: date | None) -> date | None:
    """The last day of the time that a text gives; a day without a year belongs to its document."""
    years = _YEARS.search(text)
    if years:
        return date(int(years[2]), 12, 31)
    full = _FULL.search(text)
    if full:
        return _day(int(full[1]), int(full[2]), int(full[3]))
    day = _DAY.search(text)
    if day and published is not None:
        found = _day(published.year, int(day[1]), int(day[2]))
        return found if found is None or found >= published else found.replace(year=found.year + 1)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def gives_time(text: str) -> bool:
    return bool(_YEARS.search(text) or (_DEADLINE.search(text) and _DAY.search(text)))


def with_judgement(draft: Draft, library: Library, language: str) -> bool:
    """Say first whether the time is over, and add the document's date where a year was missing."""
    for quote in draft.quotes():
        record = library.record(quote.version)
        end = ends_on(quote.text, record.published_on)
        if end is None:
            continue
        key = "answer.period_over" if end < library.today else "answer.period_open"
        draft.lead = say(key, language, date=end.isoformat(), today=library.today.isoformat())
        if not re.search(r"\d{4}", quote.text):
            _add_date(draft, quote.version, library)
        return True
    return False


def _add_date(draft: Draft, version: str, library: Library) -> None:
    lines = signature_lines(library.reading(version))
    if lines:
        text = library.passage(version, lines[-1]).text
        draft.statements.append(Statement(f"（{text}）", (Quote(version, lines[-1], text),)))
