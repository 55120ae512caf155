"""Replacing: which document of the catalogue a new one most likely takes the place of."""

import hashlib
from difflib import SequenceMatcher
from pathlib import PurePath
from typing import Final

from bot.chat.turn import Turn
from bot.showing import shortened
from bot.speech import Button, Buttons
from knowledge.catalogue import list_documents
from knowledge.record import DocumentRecord

# Nobody looks for theirs among more buttons than that.
_MOST_OFFERED: Final = 12
_LONGEST_TITLE: Final = 24


def choices(turn: Turn, code: str, name: str, title: str) -> Buttons:
    """What can be done with a file that was read; to take its namesake's place comes first.

    A file of the same name becomes a new version by itself.
    """
    rows = [
        (turn.button(f"documents.upload.{what}", f"a.doc.{what}.{code}"),)
        for what in ("publish", "replace", "discard")
    ]
    namesake = next((record for record in _in_force(turn) if record.title == title), None)
    if namesake is not None and namesake.file_name != name:
        label = turn.words("documents.upload.same", title=shortened(title, _LONGEST_TITLE))
        rows.insert(0, (Button(label, f"a.doc.over.{code}.{short(namesake.id)}"),))
    return tuple(rows)


def older(turn: Turn, code: str, name: str) -> Buttons:
    """The documents in force, those first whose title is most like the name of the file."""
    stem = PurePath(name).stem
    alike = sorted(
        _in_force(turn), key=lambda record: -SequenceMatcher(None, record.title, stem).ratio()
    )
    rows = [
        (Button(record.title[:40], f"a.doc.over.{code}.{short(record.id)}"),)
        for record in alike[:_MOST_OFFERED]
    ]
    discard = turn.button("documents.upload.discard", f"a.doc.discard.{code}")
    return (*rows, (discard,))


def meant(turn: Turn, mark: str) -> tuple[DocumentRecord, ...]:
    """The document behind a button."""
    return tuple(record for record in _in_force(turn) if short(record.id) == mark)


def _in_force(turn: Turn) -> list[DocumentRecord]:
    with turn.app.sessions() as session:
        found = list_documents(session, turn.app.today())
    return [record for record in found if record.replaced_by is None]


def short(document: str) -> str:
    """An id that may be long, as a button can carry it."""
    return hashlib.sha256(document.encode()).hexdigest()[:10]
