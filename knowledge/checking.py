"""Comparing the index with the catalogue, and mending the index where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from foundation.database import Sessions
from foundation.errors import IndexUnavailable
from knowledge import catalogue
from knowledge.index import Entry, PassageIndex
from knowledge.proving import broken_documents, documents_of_older_readers, passage_counts
from knowledge.rows import DocumentRow
from knowledge.standing import take_turn

# Enough at once that making it findable costs little.
_BATCH_PASSAGES: Final = 4000


@dataclass(frozen=True, slots=True)
class Check:
    """What was found; only `broken` is beyond mending from the catalogue.

    `missing` are documents, `stray` and `wrong` are versions: held for nothing, or not right.
    """

    documents: int
    passages: int
    missing: tuple[str, ...] = ()
    stray: tuple[str, ...] = ()
    is_damaged: bool = False
    broken: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    wrong: frozenset[str] = frozenset()

    @property
    def is_answering(self) -> bool:
        """Whether every document is found; strays are in nobody's way."""
        return not (self.missing or self.is_damaged or self.broken)

    @property
    def is_whole(self) -> bool:
        return self.is_answering and not self.stray


def compare(sessions: Sessions, index: PassageIndex) -> Check:
    """What differs, without touching anything; all of the index is read for it."""
    # Nobody else adds or removes in here; what is put already and not yet written is a stray.
    with sessions.begin() as session:
        take_turn(session)
        wanted, counts = catalogue.version_keys(session), passage_counts(session)
        found = Check(
            len(wanted), sum(counts[key] for key in wanted),
            broken=broken_documents(session), older=documents_of_older_readers(session),
        )  # fmt: skip
        try:
            held = index.proven()
        except IndexUnavailable:
            return replace(found, is_damaged=True, missing=tuple(sorted(wanted.values())))
    missing = [document for key, document in wanted.items() if held.get(key) != counts[key]]
    return replace(
        found, missing=tuple(sorted(missing)), stray=tuple(sorted(held.keys() - wanted.keys())),
        wrong=frozenset(key for key in wanted if held.get(key, 0) not in (0, counts[key])),
    )  # fmt: skip


def mend(sessions: Sessions, index: PassageIndex, found: Check) -> Iterator[str]:
    """Make the index say what the catalogue says; yields each document as it is done."""
    # Whoever adds or removes meanwhile does so before or after this block, and sees it.
    with index.sweeping() as alone, sessions.begin() as session:
        take_turn(session)
        if found.is_damaged:
            index.clear()
        wanted = catalogue.version_keys(session)
        # What somebody put who is not done with it yet looks like a stray, and is none.
        if alone:
            index.remove(set(found.stray) - wanted.keys())
    held = index.versions()
    behind = {key for key in wanted if key not in held or key in found.wrong}
    for several in _batches(sessions, sorted(behind, key=wanted.__getitem__)):
        entries = [_entry(sessions, key, wanted[key]) for key in several]
        index.renew([entry for entry in entries if entry.version in found.wrong])
        index.put([entry for entry in entries if entry.version not in found.wrong])
        yield from (wanted[key] for key in several)


def _batches(sessions: Sessions, keys: list[str]) -> Iterator[list[str]]:
    with sessions() as session:
        counts = passage_counts(session)
    several: list[str] = []
    for key in keys:
        several.append(key)
        if sum(counts[k] for k in several) >= _BATCH_PASSAGES:
            yield several
            several = []
    if several:
        yield several


def _entry(sessions: Sessions, key: str, document: str) -> Entry:
    with sessions() as session:
        title = session.get_one(DocumentRow, document).title
        return Entry(key, document, title, catalogue.load_reading(session, key))
