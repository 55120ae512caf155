"""Comparing the index with the catalogue, and mending the index where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from foundation.database import Sessions
from knowledge import catalogue
from knowledge.index import Entry, PassageIndex
from knowledge.rows import DocumentRow


@dataclass(frozen=True, slots=True)
class Check:
    """What was found: versions the index lacked, and versions it held for nothing."""

    documents: int
    missing: tuple[str, ...]
    stray: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.missing and not self.stray


def compare(sessions: Sessions, index: PassageIndex) -> Check:
    """What differs, without touching anything."""
    with sessions() as session:
        wanted = catalogue.version_keys(session)
    held = index.versions()
    missing = tuple(sorted(wanted[key] for key in wanted.keys() - held))
    return Check(len(wanted), missing, tuple(sorted(held - wanted.keys())))


def mend(sessions: Sessions, index: PassageIndex) -> Iterator[str]:
    """Make the index say what the catalogue says; yields each document as it is done."""
    with sessions() as session:
        wanted = catalogue.version_keys(session)
    held = index.versions()
    index.remove(held - wanted.keys())
    for key, document in sorted(wanted.items(), key=lambda pair: pair[1]):
        if key in held:
            continue
        with sessions() as session:
            title = session.get_one(DocumentRow, document).title
            reading = catalogue.load_reading(session, key)
        index.put([Entry(key, document, title, reading)])
        yield document
