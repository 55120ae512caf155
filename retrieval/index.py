"""The search index: what is indexed of a passage, lexically and as vectors."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from foundation.settings import Settings
from knowledge.document import Kind, Reading
from knowledge.index import Entry
from retrieval.dense import DenseHalf
from retrieval.folding import fold
from retrieval.lexical import Found, LexicalIndex
from retrieval.segment import Text
from retrieval.vectors.folder import VectorFolder
from retrieval.vectors.server import open_place


class Dense(Protocol):
    """Finding by meaning; none of it raises when its part of the index is out of reach."""

    @property
    def trouble(self) -> str | None: ...

    def put(self, texts: Sequence[Text]) -> None: ...

    def remove(self, versions: Iterable[str]) -> None: ...

    def versions(self) -> set[str] | None: ...

    def halves(self) -> set[str]: ...

    def search(self, question: str, k: int, live: Collection[str] | None = None) -> list[Found]: ...


@dataclass
class SearchIndex:
    """Implements the port of `knowledge`; the catalogue decides which versions count."""

    lexical: LexicalIndex
    dense: Dense

    @property
    def trouble(self) -> str | None:
        """Why vectors do not help at present, in a sentence; None when they do."""
        return self.dense.trouble

    def put(self, entries: Sequence[Entry]) -> None:
        texts = [text for entry in entries for text in texts_of(entry)]
        self.lexical.put(texts)
        self.dense.put(texts)

    def renew(self, entries: Sequence[Entry]) -> None:
        texts = [text for entry in entries for text in texts_of(entry)]
        self.lexical.renew(texts)
        self.dense.remove({entry.version for entry in entries})
        self.dense.put(texts)

    def remove(self, versions: Iterable[str]) -> None:
        gone = set(versions)
        self.lexical.remove(gone)
        self.dense.remove(gone)

    def versions(self) -> set[str]:
        """Those that both halves hold; while vectors are out of reach, words alone decide."""
        held, dense = self.lexical.versions(), self.dense.versions()
        return held if dense is None else held & dense

    def holds(self, version: str) -> bool:
        """By its words, which are enough to be found; vectors may come later."""
        return self.lexical.holds(version)

    def proven(self) -> dict[str, int]:
        """A version that only one half holds has no passages yet."""
        counts, dense = self.lexical.proven(), self.dense.versions()
        if dense is None:
            return counts
        known = counts.keys() | dense | self.dense.halves()
        return {v: counts.get(v, 0) if v in dense else 0 for v in known}

    def clear(self) -> None:
        """Of the words; damaged vectors are begun anew by whoever writes next."""
        self.lexical.clear()

    def adding(self) -> AbstractContextManager[None]:
        return self.lexical.adding()

    def sweeping(self) -> AbstractContextManager[bool]:
        return self.lexical.sweeping()


def open_index(settings: Settings) -> SearchIndex:
    place = open_place(VectorFolder(settings.index_folder / "vectors"), settings.chroma_url)
    dense = DenseHalf(place, settings.embedding_model)
    return SearchIndex(LexicalIndex(settings.index_folder / "lexical"), dense)


def texts_of(entry: Entry) -> Iterator[Text]:
    """Each passage with its title and section path as context."""
    reading = entry.reading
    contexts: dict[int, str] = {}
    for number, passage in enumerate(reading.passages):
        if passage.section not in contexts:
            contexts[passage.section] = context_of(reading, passage.section, entry.title)
        context = contexts[passage.section]
        if passage.kind is Kind.ROW and passage.table is not None:
            table = reading.tables[passage.table]
            context = fold(" ".join((table.caption, *table.header))) + "\n" + context
        lead_in = reading.lead_in(number)
        if lead_in is not None:
            context = fold(reading.passages[lead_in].text) + "\n" + context
        yield Text(entry.version, number, fold(passage.text), context)


def context_of(reading: Reading, section: int, title: str) -> str:
    return fold("\n".join((title, *reading.path(section))))
