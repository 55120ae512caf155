"""Adding documents: read, make findable, write; each is there whole or nothing changed."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from foundation.clock import Clock
from foundation.database import Sessions
from foundation.errors import UnknownDocument, UnreadableDocument
from knowledge import catalogue
from knowledge.document import Reading
from knowledge.index import Entry, PassageIndex
from knowledge.naming import Naming
from knowledge.offer import Offered, Outcome, Wanted, refused
from knowledge.reading_ahead import in_order
from knowledge.record import version_key
from knowledge.saving import change_facts, save_version, set_replaced
from knowledge.standing import Standing, holders, standings, take_turn
from knowledge.writable import writable, writable_reading

__all__ = ["Adding", "Offered", "Outcome", "Read", "Wanted"]

# Enough at once that making it findable costs little, few enough that nobody waits for long.
_BATCH_PASSAGES: Final = 4000
_BATCH_FILES: Final = 64
_BATCH_BYTES: Final = 32_000_000
_PATIENCE: Final = timedelta(seconds=1)

Read = Callable[[str, bytes], Reading]


@dataclass(frozen=True, slots=True)
class _Known:
    """A file of which we know what it is called here, and what stands under that id."""

    offered: Offered
    document: str
    sha256: str
    before: Standing | None
    twins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A file that was read and waits to be written."""

    path: str
    name: str
    reading: Reading
    version: Standing
    twins: tuple[str, ...]


@dataclass
class Adding:
    """One run of adding files; `results` yields an outcome a file, in the order they came."""

    sessions: Sessions
    index: PassageIndex
    read: Read
    clock: Clock
    wanted: Wanted = field(default_factory=Wanted)
    readers: int = 1

    def __post_init__(self) -> None:
        self._naming = Naming(self.wanted.document)

    def results(self, files: Iterable[Offered]) -> Iterator[Outcome]:
        self._check_replaced()
        waiting: list[_Prepared | Outcome] = []
        since = self.clock()
        done = in_order(
            self._prepared, self._known(files),
            workers=self.readers, patience=_PATIENCE.total_seconds(),
        )  # fmt: skip
        for item in done:
            if not waiting:
                since = self.clock()
            if item is not None:
                waiting.append(item)
            passages = sum(len(w.reading.passages) for w in waiting if isinstance(w, _Prepared))
            enough = passages >= _BATCH_PASSAGES or len(waiting) >= _BATCH_FILES
            if item is None or enough or self.clock() - since > _PATIENCE:
                yield from self._write(waiting)
                waiting = []
        yield from self._write(waiting)

    def _check_replaced(self) -> None:
        with self.sessions() as session:
            known = catalogue.known_ids(session, self.wanted.replaces)
        for document in self.wanted.replaces:
            if document not in known:
                raise UnknownDocument(
                    f"There is no document “{document}” that could be replaced;"
                    " “libcoach documents list” shows all."
                )

    def _known(self, files: Iterable[Offered]) -> Iterator[_Known | Outcome]:
        """Each file with what stands under its id; those that say nothing new are done."""
        for several in _batches(files):
            hashes = [hashlib.sha256(offered.data).hexdigest() for offered in several]
            with self.sessions() as session:
                held = holders(session, hashes)
                ids = self._naming.ids(list(zip(several, hashes, strict=True)), held)
                before = standings(session, ids)
            for offered, sha256, document in zip(several, hashes, ids, strict=True):
                same = {*held.get(sha256, ()), *self._naming.same_bytes(document, sha256)}
                twins = tuple(sorted(same - {document}))
                known = _Known(offered, document, sha256, before.get(document), twins)
                yield self._decided(known)

    def _decided(self, known: _Known) -> _Known | Outcome:
        if known.offered.refusal:
            return refused(known.offered, known.offered.refusal)
        if known.document in self.wanted.replaces:
            return refused(known.offered, "A document cannot replace itself: give it another id.")
        if known.before is None or not _is_current(known.before, known.sha256):
            return known
        if self.wanted.facts.known() or self.wanted.replaces:
            self._change(known.before)
        return _outcome(known.offered.path, known.before, "unchanged", known.twins)

    def _change(self, before: Standing) -> None:
        """The text stays as it is; what is said about it changes."""
        facts = self.wanted.facts
        with self.sessions.begin() as session:
            take_turn(session)
            change_facts(session, before.document, facts, self.clock())
            set_replaced(session, self.wanted.replaces, before.document, self.clock())
            if not facts.title or facts.title == before.title:
                return
            reading = catalogue.load_reading(session, before.key)
        self.index.renew([Entry(before.key, before.document, facts.title, reading)])

    def _prepared(self, known: _Known | Outcome) -> _Prepared | Outcome:
        if isinstance(known, Outcome):
            return known
        offered = known.offered
        try:
            reading = writable_reading(self.read(offered.name, offered.data))
        except UnreadableDocument as error:
            return refused(offered, str(error))
        if not any(letter.isalnum() for p in reading.passages for letter in p.text):
            return refused(offered, "The file holds no text; check it, or send it with its text.")
        version = self._version(known.document, known.sha256, reading, known.before)
        return _Prepared(offered.path, writable(offered.name), reading, version, known.twins)

    def _version(
        self, document: str, sha256: str, reading: Reading, before: Standing | None
    ) -> Standing:
        number = before.version + 1 if before else 1
        facts, read_title = self.wanted.facts, reading.sections[0].title
        title = before.title_with(facts, read_title) if before else facts.title or read_title
        return Standing(
            document=document, title=title, is_removed=False, version=number,
            key=version_key(document, number, sha256, catalogue.READER), sha256=sha256,
            reader=catalogue.READER, sections=len(reading.sections) - 1,
            passages=len(reading.passages), tables=len(reading.tables), pages=reading.pages,
            warnings=reading.warnings, read_title=read_title,
        )  # fmt: skip

    def _write(self, waiting: list[_Prepared | Outcome]) -> Iterator[Outcome]:
        """First findable, then in the catalogue: the catalogue decides what exists."""
        entries = {
            item.version.key: _entry(item) for item in waiting if isinstance(item, _Prepared)
        }
        if not entries:
            yield from (item for item in waiting if isinstance(item, Outcome))
            return
        over: list[str] = []
        with self.index.adding():
            self.index.put(list(entries.values()))
            try:
                for item in waiting:
                    yield item if isinstance(item, Outcome) else self._save(item, over)
            finally:
                if over:
                    self.index.remove(over)

    def _save(self, item: _Prepared, over: list[str]) -> Outcome:
        """Write it when nothing came between; else see what did, and how it stands to that."""
        while True:
            with self.sessions.begin() as session:
                take_turn(session)
                document = item.version.document
                before = standings(session, [document]).get(document)
                if before is not None and _is_current(before, item.version.sha256):
                    return _outcome(item.path, before, "unchanged", item.twins)
                last = before.version if before else 0
                is_next = last + 1 == item.version.version
                if is_next and self.index.holds(item.version.key):
                    self._commit(session, item)
                    break
            reading, sha256 = item.reading, item.version.sha256
            version = self._version(document, sha256, reading, before)
            item = replace(item, version=version)
            self.index.put([_entry(item)])
        if before is not None:
            over.append(before.key)
        status = "replaced" if before is not None and not before.is_removed else "added"
        return _outcome(item.path, item.version, status, item.twins)

    def _commit(self, session: Session, item: _Prepared) -> None:
        now, version = self.clock(), item.version
        save_version(
            session, version, item.reading, self.wanted.facts, file_name=item.name, now=now
        )
        set_replaced(session, self.wanted.replaces, version.document, now)


def _batches(files: Iterable[Offered]) -> Iterator[list[Offered]]:
    """As many files at once as are cheap to ask the catalogue about, and not too many bytes."""
    several: list[Offered] = []
    for offered in files:
        several.append(offered)
        size = sum(len(one.data) for one in several)
        if len(several) >= _BATCH_FILES or size >= _BATCH_BYTES:
            yield several
            several = []
    if several:
        yield several


def _is_current(before: Standing, sha256: str) -> bool:
    """Whether the same bytes, read by the same rules, are what stands there."""
    same = before.sha256 == sha256 and before.reader == catalogue.READER
    return same and not before.is_removed


def _entry(item: _Prepared) -> Entry:
    version = item.version
    return Entry(version.key, version.document, version.title, item.reading)


def _outcome(path: str, it: Standing, status: str, twins: tuple[str, ...]) -> Outcome:
    same = (f"same bytes as {', '.join(twins)}",) if twins else ()
    return Outcome(
        path, it.document, status, "", it.sections, it.passages, it.tables, it.pages,
        (*it.warnings, *same),
    )  # fmt: skip
