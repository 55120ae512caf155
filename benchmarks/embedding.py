"""How well the embedding model finds passages, alone and beside BM25."""

import argparse
import re
import time
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from benchmarks.embedding_data import QuestionSet, held_out, read_questions
from retrieval.embedding import Embedder, open_embedder
from retrieval.folding import fold

Scores = NDArray[np.float32]
_WORD: Final = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
_WEIGHTS: Final = (0.1, 0.15, 0.2, 0.3)
_K1: Final = 1.2
_B: Final = 0.75


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", help="a sentence-transformers name or folder; else the shipped")
    options = parser.parse_args()
    embedder = open_embedder(options.model)
    print(f"{embedder.name}, {embedder.dimensions} dimensions; hit@1 / hit@5")
    drcd = read_questions(options.data / "drcd_test.json")
    show("DRCD test", drcd, embedder)
    show("DRCD test, questions in Simplified", simplified(drcd), embedder)
    show("CMRC trial", read_questions(options.data / "cmrc_trial.json"), embedder)
    across(options.data, embedder)
    speed(drcd, embedder)


def show(title: str, questions: QuestionSet, embedder: Embedder) -> None:
    texts, gold = [q.text for q in questions.questions], [q.passage for q in questions.questions]
    lexical, coverage = bm25(questions.passages, texts, gold)
    vectors = embedder.embed(texts, questions=True) @ embedder.embed(questions.passages).T
    order = np.argsort(coverage, kind="stable")
    parts = {"all": order, "20 %": order[: round(len(order) / 5)]}
    parts["5 %"] = order[: round(len(order) / 20)]
    print(f"\n{title}: {len(questions.passages)} passages; all, then the least words shared")
    print(f"{'':18}" + "".join(f"{name:>16}" for name in parts))
    rows = {"embedding": vectors, "BM25": lexical}
    for weight in _WEIGHTS:
        rows[f"{1 - weight:.2f} + {weight:.2f}"] = lexical * (1 - weight) + vectors * weight
    for name, scores in rows.items():
        ranks = ranks_of(scores, gold)
        print(f"{name:18}" + "".join(f"{hits(ranks[part]):>16}" for part in parts.values()))


def across(data: Path, embedder: Embedder) -> None:
    chinese, english = (read_questions(data / f"xquad_{name}.json") for name in ("zh", "en"))
    seen = set(chinese.articles) - held_out(chinese)
    chinese, english = chinese.without(seen), english.without(seen)
    passages = embedder.embed(chinese.passages)
    print(f"\nXQuAD, articles held out: {len(passages)} Chinese passages")
    gold = [q.passage for q in chinese.questions]
    for name, asked in (("English questions", english), ("Chinese questions", chinese)):
        vectors = embedder.embed([q.text for q in asked.questions], questions=True)
        print(f"{name:18}{hits(ranks_of(vectors @ passages.T, gold)):>16}")
    lexical, _ = bm25(chinese.passages, [q.text for q in english.questions], gold)
    print(f"{'BM25, English':18}{hits(ranks_of(lexical, gold)):>16}")


def speed(questions: QuestionSet, embedder: Embedder) -> None:
    passages = [p[i : i + 60] for p in questions.passages for i in range(0, len(p) - 60, 60)]
    started = time.perf_counter()
    embedder.embed(passages)
    elapsed = time.perf_counter() - started
    print(f"\n{len(passages) / elapsed:,.0f} passages of 60 characters a second")


def bm25(
    passages: Sequence[str], questions: Sequence[str], gold: Sequence[int]
) -> tuple[Scores, NDArray[np.float64]]:
    """Scores over what a question could score, and how much of it its own passage covers."""
    columns: dict[str, int] = {}
    found = counted([terms(p) for p in passages], columns)
    known = len(columns)
    asked = counted([terms(q) for q in questions], columns)
    found.resize(len(passages), len(columns))
    lengths = np.asarray(found.sum(axis=1)).ravel()
    held = np.bincount(found.indices, minlength=len(columns))
    held[known:] = 0
    rarity = np.log(1 + (len(passages) - held + 0.5) / (held + 0.5))
    norm = _K1 * (1 - _B + _B * lengths / lengths.mean())[found.tocoo().row]
    saturated = found.copy()
    saturated.data = found.data * (_K1 + 1) / (found.data + norm)
    weighted = asked @ sparse.diags(rarity)
    best = np.asarray(weighted.sum(axis=1)).ravel() * (_K1 + 1)
    scores = (weighted @ saturated.T).toarray() / np.maximum(best, 1e-9)[:, None]
    once = asked.sign() @ sparse.diags(rarity)
    shared = once.multiply(found[gold].sign()).sum(axis=1)
    return scores.astype(np.float32), np.asarray(
        shared / np.maximum(once.sum(axis=1), 1e-9)
    ).ravel()


def counted(texts: Sequence[Sequence[str]], columns: dict[str, int]) -> sparse.csr_matrix:
    counts = [Counter(columns.setdefault(term, len(columns)) for term in text) for text in texts]
    starts = np.cumsum([0, *map(len, counts)])
    flat = [column for count in counts for column in count]
    data = [float(number) for count in counts for number in count.values()]
    return sparse.csr_matrix((data, flat, starts), shape=(len(texts), len(columns)))


def terms(text: str) -> list[str]:
    """Characters and pairs of them; words and numbers of the rest."""
    found = []
    for run in _WORD.findall(fold(text)):
        if run[0] < "\u3400":
            found.append(run)
        else:
            found += [*run, *map("".join, pairwise(run))]
    return found


def simplified(questions: QuestionSet) -> QuestionSet:
    import opencc

    converter = opencc.OpenCC("t2s")
    asked = [type(q)(converter.convert(q.text), q.passage, q.answer) for q in questions.questions]
    return QuestionSet(questions.passages, questions.articles, asked)


def ranks_of(scores: Scores, gold: Sequence[int]) -> NDArray[np.int64]:
    """How many passages stand before the right one; a tie counts against it."""
    right = scores[np.arange(len(gold)), list(gold)][:, None]
    return np.asarray((scores >= right).sum(axis=1) - 1)


def hits(ranks: NDArray[np.int64]) -> str:
    return f"{(ranks < 1).mean():.3f} / {(ranks < 5).mean():.3f}"


if __name__ == "__main__":
    main()
