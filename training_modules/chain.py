"""The chain of the outcome log: each line's hash is made of the line before it and of itself."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import UTC
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from foundation.errors import DatabaseUnavailable
from training_modules.event import Event
from training_modules.rows import EventRow, LogHeadRow

EVENTS: Final[Table] = EventRow.__table__  # type: ignore[assignment]
START: Final = "0" * 64
# In the order in which `Event.canonical` writes them.
KEYS: Final = tuple(sorted(["id", *(field.name for field in fields(Event))]))
AT: Final = KEYS.index("at")
ID: Final = KEYS.index("id")
_TEXTS: Final = tuple(f.name for f in fields(Event) if isinstance(f.default, str) or f.name in {
    "verb", "zone", "pseudonym", "enrolment"})  # fmt: skip
_values = attrgetter(*KEYS)
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def linked(before: str, values: Sequence[Any]) -> str:
    """The hash of a line with these values (in the order of `KEYS`) after one with that hash."""
    named = dict(zip(KEYS, values, strict=True))
    named["at"] = values[AT].isoformat()
    return sha256(before.encode() + _encoder.encode(named).encode()).hexdigest()


def values_of(event: Event) -> tuple[Any, ...]:
    """What the log keeps of an event, as the database will give it back."""
    values: tuple[Any, ...] = _values(_storable(event))
    return values


def as_kept(values: Sequence[Any]) -> list[Any]:
    """The values of a stored line; a database tells instants in a zone of its own."""
    kept = list(values)
    kept[AT] = values[AT].astimezone(UTC)
    return kept


def clean(words: str) -> str:
    """A text that every database and every file can hold."""
    return words.replace("\x00", "").encode("utf-8", "replace").decode()


def _storable(event: Event) -> Event:
    if event.at.tzinfo is None:
        raise ValueError("an event without a zone")
    changed: dict[str, Any] = {}
    if event.at.tzinfo is not UTC:
        changed["at"] = event.at.astimezone(UTC)
    for name in ("score", "seconds"):
        value = getattr(event, name)
        if value is not None and type(value) is not float:
            changed[name] = float(value)
    for name in _TEXTS:
        said = getattr(event, name)
        if not said.isascii() or "\x00" in said:
            changed[name] = clean(said)
    return replace(event, **changed) if changed else event


def take_turn(session: Session) -> tuple[int, str]:
    """The number and the hash of the last line, locked until the transaction is over.

    PostgreSQL lets the next writer wait at this row; SQLite has one writer anyway.
    """
    query = select(LogHeadRow.number, LogHeadRow.hash).with_for_update()
    head = session.execute(query).one_or_none()
    if head is None:
        raise DatabaseUnavailable(
            "The outcome log has lost its head, the table log_head is empty; nothing is written"
            " to it until the database is put back from a copy."
        )
    return head[0], head[1]


def write(session: Session, lines: Iterable[Sequence[Any]]) -> int:
    """Put lines behind the last one; answers how many."""
    number, before = take_turn(session)
    rows = []
    for values in lines:
        number, before = number + 1, linked(before, values)
        rows.append((number, *values, before))
    if rows:
        _insert(session, rows)
        session.execute(update(LogHeadRow).values(number=number, hash=before))
    return len(rows)


_COLUMNS: Final = ("number", *KEYS, "hash")


def _insert(session: Session, rows: list[tuple[Any, ...]]) -> None:
    session.connection().execute(
        insert(EVENTS), [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    )
