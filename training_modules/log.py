"""The outcome log: events are put behind one another, never changed, and taken back by new ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from foundation.errors import UnknownEvent
from training_modules.chain import ID, clean, take_turn, values_of, write
from training_modules.event import Event, Verb
from training_modules.log_proof import Verified, verify
from training_modules.rows import EventRow, WordsRow

__all__ = ["Verified", "append", "correct", "forget_words", "verify"]

# So many are looked up and written with one statement.
_AT_ONCE: Final = 5000


def append(
    session: Session, events: Iterable[Event], words: Mapping[str, str] | None = None
) -> int:
    """Write events that are not written yet; `words` by the id of their event. Answers how many.

    Belongs into a transaction that writes (`sessions.begin()`): whoever comes second waits.
    """
    written = 0
    said = words or {}
    for some in _in_parts(events):
        # First the turn: what another writer is just adding must be seen as already there.
        take_turn(session)
        lines = _new(session, [values_of(event) for event in some])
        written += write(session, lines)
        _keep_words(session, lines, some, said)
    return written


def correct(
    session: Session, event_id: str, now: datetime, *, instead: Event | None = None
) -> bool:
    """Take an event back by a new line, and put another in its place where there is one.

    False when it was taken back before; a correction itself stays.
    """
    row = session.scalar(select(EventRow).where(EventRow.id == event_id))
    if row is None:
        raise UnknownEvent(f"The outcome log has no event {event_id}; copy its id from an export.")
    if row.verb == Verb.CORRECTED:
        raise UnknownEvent(f"{event_id} is a correction; write the event anew instead.")
    if instead is not None and instead.id == event_id:
        raise ValueError("the event in its place needs another attempt or sitting")
    taken_back = Event(
        Verb.CORRECTED, now, row.zone, row.pseudonym, row.enrolment, row.track, row.module,
        row.module_version, row.item, row.item_type, row.phase, corrects=event_id,
        consent=row.consent,
    )  # fmt: skip
    is_new = append(session, [taken_back]) == 1
    if is_new and instead is not None:
        append(session, [instead])
    return is_new


def forget_words(session: Session, pseudonym: str) -> int:
    """Erase what a person wrote; the chain never held it and stays whole."""
    gone = session.execute(delete(WordsRow).where(WordsRow.pseudonym == pseudonym))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _in_parts(events: Iterable[Event]) -> Iterator[list[Event]]:
    part: list[Event] = []
    for event in events:
        part.append(event)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _new(session: Session, lines: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Those whose id the log does not hold, each once."""
    by_id: dict[str, tuple[Any, ...]] = {}
    for values in lines:
        by_id.setdefault(values[ID], values)
    known = session.scalars(select(EventRow.id).where(EventRow.id.in_(list(by_id))))
    for id_ in known:
        del by_id[id_]
    return list(by_id.values())


def _keep_words(
    session: Session,
    lines: Sequence[tuple[Any, ...]],
    events: Sequence[Event],
    words: Mapping[str, str],
) -> None:
    if not words:
        return
    new = {values[ID] for values in lines}
    rows = []
    for event in events:
        if event.id in words and event.id in new:
            new.discard(event.id)
            rows.append(
                {"event": event.id, "pseudonym": event.pseudonym, "text": clean(words[event.id])}
            )
    if rows:
        session.execute(insert(WordsRow), rows)
