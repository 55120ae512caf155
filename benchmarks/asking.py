"""Asks a library questions and says how long each took, as JSON; run in a process of its own."""

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.measuring import Spent, percentile, say
from bot.wiring import App, open_app
from foundation.settings import Settings
from knowledge.catalogue import load_reading
from knowledge.index import Entry
from retrieval.cards import load_cards
from retrieval.dense import DenseHalf
from retrieval.embedding import open_embedder
from retrieval.folding import fold
from retrieval.index import texts_of
from retrieval.terms import terms_of, terms_of_all
from retrieval.vectors.collection import VectorIndex

WARM_UP: Final = 20
SAMPLE: Final = 200
_DEPTH: Final = 60
_SEED: Final = 20242029

Times = dict[str, list[tuple[float, float]]]
Act = Callable[[str], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--laws", type=Path, help="more questions, of which none has a card")
    options = parser.parse_args()
    app = open_app(Settings(home=options.home))
    questions = card_questions()
    for question in questions[:WARM_UP]:
        app.answering.answer(question)
    alone = timed({"ask": app.answering.answer}, questions[WARM_UP : WARM_UP + SAMPLE])
    if options.laws:
        alone |= timed({"laws": app.answering.answer}, questions_in(options.laws))
    peak = Spent.now().own_peak
    beside = timed(contenders(app), questions[WARM_UP + SAMPLE : WARM_UP + 2 * SAMPLE])
    print(json.dumps({
        "passages": app.index.lexical.size(), "peak": peak,
        "alone": {name: _summed(times) for name, times in alone.items()},
        "beside": {name: _summed(times) for name, times in beside.items()},
    }))  # fmt: skip


def card_questions() -> list[str]:
    """What the cards ask, both languages, in an order of chance that is always the same."""
    questions = [question for card in load_cards() for question in card.questions]
    return random.Random(_SEED).sample(questions, WARM_UP + 2 * SAMPLE)


def questions_in(path: Path) -> list[str]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [line["turns"][0] for line in lines]


def timed(acts: Mapping[str, Act], questions: Sequence[str]) -> Times:
    """Each question to each in turn, so that whatever else runs here slows all of them alike."""
    times: Times = {name: [] for name in acts}
    for question in questions:
        for name, act in acts.items():
            wall, cpu = time.perf_counter(), time.process_time()
            act(question)
            took = time.perf_counter() - wall, time.process_time() - cpu
            times[name].append((took[0] * 1000, took[1] * 1000))
    return times


def _summed(times: Sequence[tuple[float, float]]) -> dict[str, float]:
    wall, cpu = zip(*times, strict=True)
    return {
        "median": statistics.median(wall), "p95": percentile(wall, 95),
        "cpu_median": statistics.median(cpu), "cpu_p95": percentile(cpu, 95),
    }  # fmt: skip


def contenders(app: App) -> dict[str, Act]:
    """`ask` beside the search of which it is made, by others and with nothing around it."""
    acts: dict[str, Act] = {"ask": app.answering.answer, "Chroma": chroma_alone(app)}
    words = bm25s_alone(app)
    return acts if words is None else {**acts, "bm25s": words}


def chroma_alone(app: App) -> Act:
    """The same vectors in the same Chroma: embedding the question and one query."""
    dense = app.index.dense
    assert isinstance(dense, DenseHalf)
    place, index = dense.place, VectorIndex(dense.place, open_embedder(None))
    kept = place.read(lambda client: client.get_collection(index.model.collection))

    def query(question: str) -> object:
        vector: Any = index.embedder.embed([fold(question)], questions=True)
        return kept.query(query_embeddings=vector, n_results=_DEPTH, include=["distances"])

    return query


def bm25s_alone(app: App) -> Act | None:
    """The same terms of the same passages in bm25s, where somebody has installed it."""
    try:
        import bm25s  # type: ignore[import-not-found]
    except ImportError:
        return None
    say("indexing the same passages with bm25s")
    terms, owner = terms_of_all(list(_texts(app)))
    vocabulary = {int(term): number for number, term in enumerate(sorted(set(terms.tolist())))}
    ids: list[list[int]] = [[] for _ in range(int(owner.max()) + 1)]
    for term, at in zip(terms.tolist(), owner.tolist(), strict=True):
        ids[at].append(vocabulary[term])
    index = bm25s.BM25(k1=1.2, b=0.75)
    # Given with marks of its own for a text of no terms, it would take this vocabulary for words.
    index.index((ids, vocabulary), create_empty_token=False, show_progress=False)

    def query(question: str) -> object:
        known = [vocabulary.get(term) for term in terms_of(fold(question)).tolist()]
        asked = [[term for term in known if term is not None]]
        return index.retrieve(asked, k=_DEPTH, show_progress=False)

    return query


def _texts(app: App) -> Iterator[str]:
    for version, record in app.library.records.items():
        with app.sessions() as session:
            reading = load_reading(session, version)
        for text in texts_of(Entry(version, record.id, record.title, reading)):
            yield f"{text.body}\n{text.context}"


if __name__ == "__main__":
    main()
