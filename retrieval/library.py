"""The documents that answer, as they were read; each is loaded once and kept while it is used."""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from foundation.database import Sessions
from knowledge.catalogue import last_change, list_documents, load_reading
from knowledge.document import Passage, Reading, Table
from knowledge.life import ANSWERING
from knowledge.record import DocumentRecord
from knowledge.texts import passage_texts
from retrieval.folding import fold, stands_in

_KEPT: Final = 200
_REMEMBERED: Final = 20_000
_KINDS: Final = {
    "strategy": "战略", "initiative": "倡议 倡议书", "notice": "通知", "plan": "规划 计划",
    "paper": "论文 文章",
}  # fmt: skip
_DRESS: Final = re.compile(r"[《》〈〉“”\"\s]|[(（]\d[^()（）]*[)）]$|中华人民共和国")


@dataclass
class Library:
    """What may answer today, by version; readings are kept for the documents in use."""

    sessions: Sessions
    today: date
    records: dict[str, DocumentRecord] = field(default_factory=dict)
    _readings: OrderedDict[str, Reading] = field(default_factory=OrderedDict)
    _contexts: dict[tuple[str, int], str] = field(default_factory=dict)
    _last_change: tuple[int, str] = (0, "")
    _named_by: dict[str, int] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)
    _folded: dict[tuple[str, int], str] = field(default_factory=dict)

    def follow(self) -> bool:
        """Refresh when the catalogue has changed since; answers whether it had."""
        with self.sessions() as session:
            changed = last_change(session) != self._last_change
        if changed:
            self.refresh()
        return changed

    def refresh(self) -> None:
        """See what was added, changed or removed since."""
        with self.sessions() as session:
            self._last_change = last_change(session)
            found = list_documents(session, self.today)
        self.records = {r.version_key: r for r in found if r.status in ANSWERING}
        self._names.clear()
        self._titles.clear()
        self._named_by.clear()

    def record(self, version: str) -> DocumentRecord:
        return self.records[version]

    def title_of(self, document: str) -> str:
        """A document's title, or its id when it does not answer any more."""
        version = self.version_of(document)
        return self.records[version].title if version else document

    def version_of(self, document: str) -> str | None:
        return next((key for key, r in self.records.items() if r.id == document), None)

    def place_of(self, document: str, quote: str) -> tuple[str, int] | None:
        """The version and passage in which these very words stand."""
        version = self.version_of(document)
        if version is None or not quote:
            return None
        passages = self.reading(version).passages
        return next(((version, n) for n, p in enumerate(passages) if quote in p.text), None)

    def names(self, version: str) -> str:
        """Folded: what a document is called, who issued it, what kind it is."""
        if version not in self._names:
            record = self.records[version]
            kind = _KINDS.get(record.kind or "")
            words = [record.title, record.title_en, record.publisher, kind]
            words += [str(day.year) for day in _days(record)]
            self._names[version] = fold("\n".join(word for word in words if word))
        return self._names[version]

    def said_title(self, version: str) -> str:
        """Folded: the title as people say it, without 中华人民共和国, brackets and dates."""
        if version not in self._titles:
            self._titles[version] = bare(fold(self.records[version].title))
        return self._titles[version]

    def named_by(self, name: str) -> int:
        """How many documents bear this in their names."""
        if name not in self._named_by:
            every = [self.names(version) for version in self.records]
            self._named_by[name] = sum(stands_in(name, names) for names in every if name in names)
        return self._named_by[name]

    def reading(self, version: str) -> Reading:
        if version not in self._readings:
            with self.sessions() as session:
                self._readings[version] = load_reading(session, version)
            while len(self._readings) > _KEPT:
                self._readings.popitem(last=False)
        self._readings.move_to_end(version)
        return self._readings[version]

    def passage(self, version: str, number: int) -> Passage:
        return self.reading(version).passages[number]

    def folded(self, version: str, number: int) -> str:
        """A passage in the form in which it is compared."""
        key = (version, number)
        if key not in self._folded:
            if len(self._folded) > _REMEMBERED:
                self._folded.clear()
            self._folded[key] = fold(self.passage(version, number).text)
        return self._folded[key]

    def folded_all(self, places: Sequence[tuple[str, int]]) -> list[str]:
        """Many passages in that form, fetched at once without reading their documents."""
        if len(self._folded) > _REMEMBERED:
            self._folded.clear()
        lacking = [place for place in places if place not in self._folded]
        if lacking:
            with self.sessions() as session:
                texts = passage_texts(session, lacking)
            self._folded.update((place, fold(text)) for place, text in texts.items())
        return [self._folded.get(place, "") for place in places]

    def table_of(self, version: str, passage: Passage) -> Table | None:
        if passage.table is None:
            return None
        return self.reading(version).tables[passage.table]

    def context(self, version: str, number: int) -> str:
        """Folded: the title, publisher, section path, table header and notes around a passage."""
        key = (version, number)
        if key not in self._contexts:
            if len(self._contexts) > _REMEMBERED:
                self._contexts.clear()
            self._contexts[key] = fold("\n".join(self._around(version, number)))
        return self._contexts[key]

    def _around(self, version: str, number: int) -> list[str]:
        record, reading = self.records[version], self.reading(version)
        passage = reading.passages[number]
        words = [record.title, record.title_en or "", record.publisher or ""]
        words += [str(day.year) for day in _days(record)]
        words += reading.path(passage.section)
        lead_in = reading.lead_in(number)
        if lead_in is not None:
            words.append(reading.passages[lead_in].text)
        table = self.table_of(version, passage)
        if table is not None:
            words += [table.caption, *table.header]
        words += [reading.passages[note].text for note in passage.notes]
        return words


def bare(title: str) -> str:
    """A folded title, or a question that holds one, without what people leave out."""
    return _DRESS.sub("", title)


def _days(record: DocumentRecord) -> list[date]:
    """The days that a document is known by."""
    days = (record.published_on, record.valid_from, record.valid_until)
    return [day for day in days if day is not None]
