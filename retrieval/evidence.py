"""The passages that a language model is given: numbered, whole, with what stands around them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from knowledge.document import Kind, Passage, Reading
from knowledge.life import Status
from retrieval.commands import commands_a_machine
from retrieval.library import Library

LARGEST: Final = 6_000
_LARGEST_SECTION: Final = 1_500
_MOST: Final = 80


@dataclass(frozen=True, slots=True)
class Source:
    """One passage with the number by which a model cites it."""

    number: int
    version: str
    passage: int
    text: str
    around: str = ""
    table: str = ""
    header: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """Passages of one section, with what is known of their document."""

    title: str
    section: tuple[str, ...]
    published_on: date | None
    valid_until: date | None
    status: Status
    sources: tuple[Source, ...]


@dataclass
class _Gathered:
    """The passages chosen so far, in the order in which sections were met."""

    sections: dict[tuple[str, int], set[int]] = field(default_factory=dict)
    size: int = 0
    count: int = 0

    def take(self, version: str, number: int, passage: Passage, room: int) -> bool:
        """Add a passage, unless it does not fit; what is there already fits."""
        chosen = self.sections.setdefault((version, passage.section), set())
        if number in chosen:
            return True
        if self.size + len(passage.text) > room or self.count >= _MOST:
            return False
        chosen.add(number)
        self.size += len(passage.text)
        self.count += 1
        return True


def gather(
    places: Iterable[tuple[str, int]], library: Library, *, largest: int = LARGEST
) -> tuple[Extract, ...]:
    """The sections of some passages, the first first, up to a size; no passage is cut.

    The passages themselves come before their neighbours, so that a long section does not keep
    out the place that was found in another.
    """
    wanted = [place for place in dict.fromkeys(places) if place[0] in library.records]
    gathered = _Gathered()
    for version, number in wanted:
        _take(gathered, library.reading(version), version, number, largest // 2)
    for version, number in wanted:
        reading = library.reading(version)
        for near in _section_around(reading, number):
            if not _take(gathered, reading, version, near, largest):
                break
    return tuple(_extracts(gathered, library))


def _take(gathered: _Gathered, reading: Reading, version: str, number: int, room: int) -> bool:
    passage = reading.passages[number]
    if commands_a_machine(passage.text) or not passage.text.strip():
        return True
    taken = gathered.take(version, number, passage, room)
    if taken:
        for note in passage.notes:
            gathered.take(version, note, reading.passages[note], room)
    return taken


def _section_around(reading: Reading, number: int) -> list[int]:
    """The passages of a section: all of a short one, else those nearest to a passage."""
    section = reading.passages[number].section
    passages = reading.by_section[section]
    size = 0
    chosen: list[int] = []
    for near in sorted(passages, key=lambda n: (abs(n - number), n)):
        size += len(reading.passages[near].text)
        if size > _LARGEST_SECTION and chosen:
            break
        chosen.append(near)
    return chosen


def _extracts(gathered: _Gathered, library: Library) -> Iterator[Extract]:
    count = 0
    for (version, section), numbers in gathered.sections.items():
        record, reading = library.record(version), library.reading(version)
        sources = []
        for passage in sorted(numbers):
            count += 1
            sources.append(_source(count, version, passage, library))
        if sources:
            yield Extract(
                record.title, reading.path(section), record.published_on, record.valid_until,
                record.status, tuple(sources),
            )  # fmt: skip


def _source(number: int, version: str, at: int, library: Library) -> Source:
    passage = library.passage(version, at)
    table = library.table_of(version, passage)
    in_row = passage.kind is Kind.ROW
    return Source(
        number, version, at, passage.text, library.context(version, at),
        table.caption if table is not None and in_row else "",
        table.header if table is not None and in_row else (),
        tuple(" ".join(cell) for cell in passage.cells) if in_row else (),
    )  # fmt: skip


def sources_of(extracts: Sequence[Extract]) -> dict[int, Source]:
    return {source.number: source for extract in extracts for source in extract.sources}
