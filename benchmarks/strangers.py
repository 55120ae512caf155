"""Finds paragraphs of strangers' texts by questions: `python -m benchmarks.strangers --data DIR`.

Each paragraph becomes a document, added as a person would add it, to a library that is made for
the purpose; no cards, no language model. Figures are of the product's own `search`.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.wiring import App
from foundation.clock import system_clock
from foundation.database import open_engine, open_sessions
from foundation.migrating import migrate
from foundation.settings import Settings
from knowledge.adding import Adding, Offered
from knowledge.readers.dispatch import read
from retrieval.answering import Answering
from retrieval.bridging import shipped_thesaurus
from retrieval.card_index import build_card_index
from retrieval.folding import fold
from retrieval.searching import Searching
from retrieval.terms import terms_of

FILES: Final = ("drcd_dev.json", "drcd_test.json", "cmrc_trial.json")
LEAST: Final = 0.05
K: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the number of the paragraph that answers it."""

    text: str
    answer: int


@dataclass(frozen=True)
class Collection:
    """Paragraphs, and questions about them."""

    name: str
    paragraphs: tuple[str, ...]
    questions: tuple[Asked, ...]


def read_collection(path: Path) -> Collection:
    """A file in the form of SQuAD, or in that of the CMRC trial."""
    found: list[str] = []
    asked: list[Asked] = []
    for paragraph, questions in _pairs(json.loads(path.read_text("utf-8"))):
        asked += [Asked(question, len(found)) for question in questions]
        found.append(paragraph)
    return Collection(path.stem, tuple(found), tuple(asked))


def _pairs(data: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(data, dict):
        for article in data["data"]:
            for part in article["paragraphs"]:
                yield part["context"], [qa["question"] for qa in part["qas"]]
        return
    for part in data:
        yield part["context_text"], [qa["query_text"] for qa in part["qas"]]


def library_of(paragraphs: Iterable[str], home: Path) -> App:
    """A library in a new home that holds each paragraph as a document named by its number."""
    settings = Settings(home=home)
    engine = open_engine(settings.database)
    migrate(engine, system_clock())
    app = App(settings, system_clock, engine, open_sessions(engine))
    adding = Adding(app.sessions, app.index, read, app.clock)
    offered = (Offered(f"p{n}.txt", f"p{n}.txt", p.encode()) for n, p in enumerate(paragraphs))
    refused = [o for o in adding.results(offered) if o.status == "refused"]
    if refused:
        raise SystemExit(f"{len(refused)} paragraphs were refused: {refused[0].reason}")
    return app


def ranks(app: App, questions: Iterable[Asked]) -> tuple[np.ndarray[Any, Any], list[float]]:
    """The rank of each question's document (0 is first, K is not among them); milliseconds."""
    searching = Searching(app.index, build_card_index((), app.library), app.library)
    answering = Answering(searching, app.library, shipped_thesaurus())
    places, times = [], []
    for asked in questions:
        start = time.perf_counter()
        hits = answering.search(asked.text, K)
        times.append((time.perf_counter() - start) * 1000)
        ids = [hit.document for hit in hits]
        wanted = f"p{asked.answer}"
        places.append(ids.index(wanted) if wanted in ids else K)
    return np.array(places), times


def by_bm25(collection: Collection) -> np.ndarray[Any, Any]:
    """The ranks that bm25s gives by itself, over the same terms of the same paragraphs."""
    import bm25s  # type: ignore[import-not-found]

    def words(text: str) -> list[str]:
        return [str(term) for term in terms_of(fold(text)).tolist()]

    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index([words(p) for p in collection.paragraphs], show_progress=False)
    asked = [words(question.text) for question in collection.questions]
    found, _ = index.retrieve(asked, k=K, show_progress=False)
    places = []
    for ids, question in zip(found.tolist(), collection.questions, strict=True):
        places.append(ids.index(question.answer) if question.answer in ids else K)
    return np.array(places)


def overlap(question: str, paragraph: str) -> float:
    """The share of a question's terms that stand in its paragraph."""
    asked = set(terms_of(fold(question)).tolist())
    return len(asked & set(terms_of(fold(paragraph)).tolist())) / max(1, len(asked))


def report(name: str, places: np.ndarray[Any, Any]) -> str:
    first, five = (places == 0).mean(), (places < K).mean()
    return f"{name:<34} hit@1 {first:6.2%}  hit@5 {five:6.2%}  n {len(places)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--files", nargs="*", default=FILES)
    options = parser.parse_args()
    for file in options.files:
        measure(read_collection(options.data / file))


def measure(collection: Collection) -> None:
    with tempfile.TemporaryDirectory() as home:
        app = library_of(collection.paragraphs, Path(home))
        places, times = ranks(app, collection.questions)
        print(report(collection.name, places), f" p95 {np.percentile(times, 95):.1f} ms")
        simple = [Asked(simplified(q.text), q.answer) for q in collection.questions]
        print(report("  asked in Simplified", ranks(app, simple)[0]))
        shared = [overlap(q.text, collection.paragraphs[q.answer]) for q in collection.questions]
        least = np.argsort(shared, kind="stable")[: int(len(shared) * LEAST)]
        print(report("  the 5 % that share fewest words", places[least]))
        plain = by_bm25(collection)
        print(report("  BM25 alone", plain))
        print(report("  BM25 alone, these 5 %", plain[least]), flush=True)
        app.engine.dispose()


def simplified(text: str) -> str:
    import opencc

    return str(opencc.OpenCC("t2s").convert(text))


if __name__ == "__main__":
    main()
