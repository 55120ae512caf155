"""Adding documents: read, make findable, write; each is there whole or nothing changed."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from foundation.clock import Clock
from foundation.database import Sessions
from foundation.errors import UnreadableDocument
from knowledge import catalogue
from knowledge.document import Reading
from knowledge.index import Entry, PassageIndex
from knowledge.record import Facts, slug, version_key

# Enough passages at once that making them findable costs little, few enough to lose little.
_BATCH_PASSAGES: Final = 4000
_BATCH_FILES: Final = 64

Read = Callable[[str, bytes], Reading]


@dataclass(frozen=True, slots=True)
class Offered:
    """A file to add: where it was found, its name, its bytes; or why it cannot be read."""

    path: str
    name: str
    data: bytes = b""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person said beside the file."""

    document: str | None = None
    facts: Facts = field(default_factory=Facts)
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    path: str
    id: str | None
    status: str
    reason: str = ""
    sections: int = 0
    passages: int = 0
    tables: int = 0
    pages: int | None = None
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path, "id": self.id, "status": self.status, "reason": self.reason,
            "sections": self.sections, "passages": self.passages, "tables": self.tables,
            "pages": self.pages, "warnings": list(self.warnings),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A file that was read and waits to be written."""

    offered: Offered
    document: str
    sha256: str
    reading: Reading
    version: str


@dataclass
class Adding:
    """One run of adding files; `results` yields an outcome a file, in the order they came."""

    sessions: Sessions
    index: PassageIndex
    read: Read
    clock: Clock
    wanted: Wanted = field(default_factory=Wanted)
    _taken: dict[str, str] = field(default_factory=dict)

    def results(self, files: Iterable[Offered]) -> Iterator[Outcome]:
        waiting: list[_Prepared | Outcome] = []
        for offered in files:
            waiting.append(self._prepare(offered))
            prepared = [item for item in waiting if isinstance(item, _Prepared)]
            heavy = sum(len(item.reading.passages) for item in prepared) >= _BATCH_PASSAGES
            if heavy or len(waiting) >= _BATCH_FILES:
                yield from self._write(waiting)
                waiting = []
        yield from self._write(waiting)

    def _prepare(self, offered: Offered) -> _Prepared | Outcome:
        if offered.refusal:
            return _refused(offered, offered.refusal)
        sha256 = hashlib.sha256(offered.data).hexdigest()
        document = self._id(offered, sha256)
        known = self._unchanged(document, sha256, offered)
        if known is not None:
            return known
        try:
            reading = self.read(offered.name, offered.data)
        except UnreadableDocument as error:
            return _refused(offered, str(error))
        if not any(letter.isalnum() for p in reading.passages for letter in p.text):
            return _refused(offered, "The file holds no text; check it, or send it with its text.")
        with self.sessions() as session:
            state = catalogue.current_state(session, document)
        number = state[0].version + 1 if state else 1
        key = version_key(document, number, sha256)
        return _Prepared(offered, document, sha256, reading, key)

    def _id(self, offered: Offered, sha256: str) -> str:
        """The id asked for, else made of the file name; two files of one run never share one."""
        wanted = self.wanted.document
        base = slug(wanted) if wanted else slug(PurePath(offered.name).stem)
        document, count = base, 1
        while self._taken.get(document, sha256) != sha256:
            count += 1
            document = f"{base}-{count}"
        self._taken[document] = sha256
        return document

    def _unchanged(self, document: str, sha256: str, offered: Offered) -> Outcome | None:
        with self.sessions.begin() as session:
            state = catalogue.current_state(session, document)
            if state is None or state[1].sha256 != sha256 or state[0].removed_at is not None:
                return None
            row, version = state
            if state[1].reader != catalogue.READER:
                return None
            if catalogue.change_facts(row, self.wanted.facts):
                row.changed_at = self.clock()
            catalogue.set_replaced(session, self.wanted.replaces, document, self.clock())
            return Outcome(
                offered.path, document, "unchanged", "", version.section_count,
                version.passage_count, version.table_count, version.pages,
                tuple(version.warnings),
            )  # fmt: skip

    def _write(self, waiting: list[_Prepared | Outcome]) -> Iterator[Outcome]:
        """First findable, then in the catalogue: the catalogue decides what exists."""
        prepared = [item for item in waiting if isinstance(item, _Prepared)]
        if prepared:
            self.index.put([self._entry(item) for item in prepared])
        for item in waiting:
            yield item if isinstance(item, Outcome) else self._save(item)

    def _entry(self, item: _Prepared) -> Entry:
        title = self.wanted.facts.title or item.reading.title
        return Entry(item.version, item.document, title, item.reading)

    def _save(self, item: _Prepared) -> Outcome:
        try:
            with self.sessions.begin() as session:
                return self._commit(session, item)
        except IntegrityError:
            # Somebody else added the same document meanwhile: theirs is there, look again.
            again = self._prepare(item.offered)
            if isinstance(again, Outcome):
                return again
            self.index.put([self._entry(again)])
            with self.sessions.begin() as session:
                return self._commit(session, again)

    def _commit(self, session: Session, item: _Prepared) -> Outcome:
        before = catalogue.current_state(session, item.document)
        status = "added" if before is None or before[0].removed_at is not None else "replaced"
        old = before[1].key if before else None
        key = catalogue.save_version(
            session, item.document, item.reading, self.wanted.facts,
            file_name=item.offered.name, sha256=item.sha256, now=self.clock(),
        )  # fmt: skip
        if key != item.version:
            raise IntegrityError("another version came between", None, Exception(key))
        catalogue.set_replaced(session, self.wanted.replaces, item.document, self.clock())
        twins = catalogue.twins(session, item.sha256, item.document)
        reading = item.reading
        if twins:
            same = ", ".join(twins)
            reading = replace(reading, warnings=(*reading.warnings, f"same bytes as {same}"))
        if old is not None:
            self.index.remove([old])
        return _done(item, reading, status)


def _done(item: _Prepared, reading: Reading, status: str) -> Outcome:
    return Outcome(
        item.offered.path, item.document, status, "", len(reading.sections) - 1,
        len(reading.passages), len(reading.tables), reading.pages, reading.warnings,
    )  # fmt: skip


def _refused(offered: Offered, reason: str) -> Outcome:
    return Outcome(offered.path, None, "refused", reason)
