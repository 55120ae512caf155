"""The search index: what is indexed of a passage, lexically and as vectors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from foundation.settings import Settings
from knowledge.document import Kind, Reading
from knowledge.index import Entry
from retrieval.folding import fold
from retrieval.lexical import LexicalIndex
from retrieval.segment import Text


@dataclass
class SearchIndex:
    """Implements the port of `knowledge`; the catalogue decides which versions count."""

    lexical: LexicalIndex

    def put(self, entries: Sequence[Entry]) -> None:
        self.lexical.put([text for entry in entries for text in texts_of(entry)])

    def remove(self, versions: Iterable[str]) -> None:
        self.lexical.remove(versions)

    def versions(self) -> set[str]:
        return self.lexical.versions()


def open_index(settings: Settings) -> SearchIndex:
    return SearchIndex(LexicalIndex(settings.index_folder / "lexical"))


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
        yield Text(entry.version, number, fold(passage.text), context)


def context_of(reading: Reading, section: int, title: str) -> str:
    return fold("\n".join((title, *reading.path(section))))
