"""Comparing the index with the catalogue, and mending the index where they differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from foundation.database import Sessions
from foundation.errors import IndexUnavailable
from knowledge import catalogue
from knowledge.index import Entry, PassageIndex
from knowledge.rows import DocumentRow, PassageRow, SectionRow, VersionRow
from knowledge.standing import take_turn

# Enough at once that making it findable costs little.
_BATCH_PASSAGES = 4000


@dataclass(frozen=True, slots=True)
class Check:
    """What was found; only `broken` is beyond mending from the catalogue.

    `missing` are documents, `stray` and `wrong` are versions: held for nothing, or not right.
    """

    documents: int
    passages: int
    missing: tuple[str, ...]
    stray: tuple[str, ...]
    is_damaged: bool = False
    broken: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    wrong: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        return not (self.missing or self.stray or self.is_damaged or self.broken)


def compare(sessions: Sessions, index: PassageIndex) -> Check:
    """What differs, without touching anything; all of the index is read for it."""
    with sessions() as session:
        wanted = catalogue.version_keys(session)
        counts = _counts(session)
        found = Check(
            len(wanted), sum(counts[key] for key in wanted), (), (),
            broken=tuple(sorted(_broken(session))), older=tuple(sorted(_older(session))),
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


def _counts(session: Session) -> dict[str, int]:
    return dict(session.execute(select(VersionRow.key, VersionRow.passage_count)).tuples().all())


def _current(session: Session) -> Iterable[tuple[str, str]]:
    """The current version of every document, also of those that were removed."""
    query = select(VersionRow.key, DocumentRow.id).join(
        DocumentRow, VersionRow.document_id == DocumentRow.id
    )
    return session.execute(query.where(VersionRow.number == DocumentRow.version)).tuples()


def _broken(session: Session) -> set[str]:
    """Documents whose texts are not whole in the catalogue itself."""
    numbers = (func.count(), func.min(PassageRow.number), func.max(PassageRow.number))
    passages = {
        key: tuple(rest)
        for key, *rest in session.execute(
            select(PassageRow.version, *numbers).group_by(PassageRow.version)
        )
    }
    sections = dict(
        session.execute(
            select(SectionRow.version, func.count()).group_by(SectionRow.version)
        ).tuples()
    )
    versions = select(
        VersionRow.key, VersionRow.document_id, VersionRow.passage_count, VersionRow.section_count
    )
    broken = {
        document
        for key, document, count, section_count in session.execute(versions)
        if passages.get(key) != (count, 0, count - 1) or sections.get(key) != section_count + 1
    }
    known = {document for _, document in _current(session)}
    every = set(session.scalars(select(DocumentRow.id)))
    return broken | (every - known)


def _older(session: Session) -> set[str]:
    """Documents that were read by the rules of an earlier program."""
    query = (
        select(DocumentRow.id)
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .where(VersionRow.number == DocumentRow.version, DocumentRow.removed_at.is_(None))
    )
    return set(session.scalars(query.where(VersionRow.reader < catalogue.READER)))


def database_is_sound(sessions: Sessions) -> bool:
    """Whether the database's own check finds nothing; PostgreSQL sees to that itself."""
    with sessions() as session:
        if session.get_bind().dialect.name != "sqlite":
            return True
        return bool(session.scalar(text("PRAGMA integrity_check(1)")) == "ok")


def mend(sessions: Sessions, index: PassageIndex, found: Check) -> Iterator[str]:
    """Make the index say what the catalogue says; yields each document as it is done."""
    # Whoever adds or removes meanwhile does so before or after this block, and sees it.
    with sessions.begin() as session:
        take_turn(session)
        if found.is_damaged:
            index.clear()
        wanted = catalogue.version_keys(session)
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
        counts = _counts(session)
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
