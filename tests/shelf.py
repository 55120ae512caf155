"""A library for tests: a real catalogue, an index, and a reader that takes every line as it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from foundation.clock import FixedClock
from foundation.database import Sessions
from knowledge import catalogue
from knowledge.adding import Adding, Offered, Outcome, Wanted
from knowledge.document import Kind, Passage, Reading, Section, Span
from knowledge.index import NoIndex, PassageIndex
from knowledge.record import DocumentRecord

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = date(2026, 3, 1)


def read_lines(name: str, data: bytes) -> Reading:
    """Every line a paragraph, or a section when a # stands before it."""
    text = data.decode("utf-8", "surrogatepass")
    title = name.rpartition(".")[0]
    sections = [Section(title, 0, None)]
    passages: list[Passage] = []
    start = 0
    for line in text.split("\n"):
        if line.startswith("# "):
            sections.append(Section(line[2:], 1, 0))
        elif line.startswith("title: "):
            sections[0] = Section(line[7:], 0, None)
        elif line:
            span = Span(start, start + len(line))
            passages.append(Passage(Kind.PARAGRAPH, line, span, len(sections) - 1))
        start += len(line) + 1
    return Reading(text, sections[0].title, tuple(sections), tuple(passages))


@dataclass
class Shelf:
    """A catalogue with its index, and what tests do with both."""

    sessions: Sessions
    index: PassageIndex = field(default_factory=NoIndex)
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOON))
    read: Callable[[str, bytes], Reading] = read_lines

    def adding(self, wanted: Wanted | None = None, readers: int = 1) -> Adding:
        return Adding(self.sessions, self.index, self.read, self.clock, wanted or Wanted(), readers)

    def results(self, *files: tuple[str, str], wanted: Wanted | None = None) -> Iterator[Outcome]:
        """Outcomes of files that are given as name (or path) and text."""
        offered = [
            Offered(path, path.rpartition("/")[2], text.encode("utf-8", "surrogatepass"))
            for path, text in files
        ]
        return self.adding(wanted).results(offered)

    def add(self, *files: tuple[str, str], wanted: Wanted | None = None) -> list[Outcome]:
        return list(self.results(*files, wanted=wanted))

    def statuses(self, *files: tuple[str, str]) -> list[tuple[str | None, str]]:
        return [(outcome.id, outcome.status) for outcome in self.add(*files)]

    def remove(self, document: str) -> None:
        with self.sessions.begin() as session:
            key = catalogue.remove_document(session, document, self.clock())
        self.index.remove([key])

    def record(self, document: str) -> DocumentRecord:
        with self.sessions() as session:
            return catalogue.get_document(session, document, TODAY)

    def ids(self) -> list[str]:
        with self.sessions() as session:
            return [record.id for record in catalogue.list_documents(session, TODAY)]

    def texts(self, document: str, version: int | None = None) -> list[str]:
        """The passages of a document's current version, or of an earlier one."""
        with self.sessions() as session:
            versions = catalogue.list_versions(session, document)
            chosen = versions[-1] if version is None else versions[version - 1]
            return [p.text for p in catalogue.load_reading(session, chosen.key).passages]

    def versions(self) -> dict[str, str]:
        with self.sessions() as session:
            return catalogue.version_keys(session)

    def is_whole(self) -> bool:
        """Every document in the index with just the passages that the catalogue has."""
        held = self.index.proven()
        return held == {key: len(self.texts(document)) for key, document in self.versions().items()}

    def is_found(self) -> bool:
        """Every document in the index, whatever else may be there."""
        return all(self.index.holds(key) for key in self.versions())
