"""The rows of the sheets that hold one event a row: responses, ratings, applications."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Table, and_

from training_modules.certainty import certainty_mark
from training_modules.chain import EVENTS
from training_modules.event import Verb
from training_modules.exporting.sheet import Row
from training_modules.exporting.source import AT, Source
from training_modules.rows import EventRow, WordsRow
from training_modules.zones import local

_C: Final = EVENTS.c
_WORDS: Final[Table] = WordsRow.__table__  # type: ignore[assignment]


def _columns(*names: str) -> list[Any]:
    return [AT if name == "at" else _C[name] for name in names]


def responses(source: Source) -> Iterator[Row]:
    query = source.events(
        *_columns(
            "number", "id", "at", "zone", "pseudonym", "enrolment", "track", "module",
            "module_version", "item", "item_type", "phase", "attempt", "sitting", "delivery",
            "verb", "response", "correct", "score", "certainty", "seconds", "has_words", "consent",
        ),
        verbs=(Verb.ANSWERED, Verb.SKIPPED),
    ).order_by(EventRow.number)  # fmt: skip
    for row in source.stream(query):
        (number, event, at, zone, pseudonym, enrolment, track, module, version, item, item_type,
         phase, attempt, sitting, delivery, verb, response, correct, score, certainty, seconds,
         has_words, consent) = row  # fmt: skip
        here = local(at, zone)
        yield (
            number, event, here.isoformat(), here.date(), zone, pseudonym, enrolment, track,
            module, version, item, item_type, phase, attempt, attempt == 1, sitting, delivery,
            verb == "skipped", response, correct, score, certainty,
            certainty_mark(certainty, correct), seconds, has_words, consent,
        )  # fmt: skip


def ratings(source: Source) -> Iterator[Row]:
    query = source.events(
        *_columns(
            "number", "id", "at", "zone", "pseudonym", "enrolment", "track", "module", "item",
            "phase", "rating", "scale_max", "consent",
        ),
        verbs=(Verb.RATED,),
    ).order_by(EventRow.number)  # fmt: skip
    for number, event, at, zone, *who, module, item, phase, rating, top, consent in source.stream(
        query
    ):
        here = local(at, zone)
        yield (
            number, event, here.isoformat(), here.date(), zone, *who, module, scale(item), item,
            phase, rating, top, consent,
        )  # fmt: skip


def scale(item: str) -> str:
    """What a rating is about: its item without the number."""
    name, _, number = item.rpartition("-")
    return name if number.isdecimal() else item


def applications(source: Source) -> Iterator[Row]:
    """With the words of those who agreed to share them; the others' stay theirs."""
    query = source.events(
        *_columns(
            "number", "id", "at", "zone", "pseudonym", "enrolment", "track", "module", "rating",
            "scale_max", "has_words", "share",
        ),
        _WORDS.c.text, _C.consent, verbs=(Verb.APPLIED,),
    )  # fmt: skip
    query = query.outerjoin(
        _WORDS, and_(_WORDS.c.event == _C.id, _C.share.is_(True))
    ).order_by(EventRow.number)  # fmt: skip
    for number, event, at, zone, *rest in source.stream(query):
        here = local(at, zone)
        yield (number, event, here.isoformat(), here.date(), zone, *rest)
