"""Tunes what cards, vectors and a second look weigh against words: `python -m benchmarks.fusion`.

Every question of every card is asked with that question left out; found means that one of the
passages its card quotes comes first. Cards of one document are measured with weights that were
found on those of the others.
"""

import itertools
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.wiring import App, open_app
from foundation.settings import Settings
from retrieval.bridging import bridge, shipped_thesaurus
from retrieval.card_index import PlacedCard, build_card_index
from retrieval.cards import load_cards
from retrieval.question import analyse
from retrieval.searching import (
    CARD_WEIGHT,
    CLOSE_WEIGHT,
    DENSE_WEIGHT,
    WORD_WEIGHT,
    Hit,
    Searching,
)

# Against the score of words, which counts 1.
GRID: Final = {
    "card": (0.5, 0.9, 1.3, 1.8),
    "dense": (0.0, 0.25, 0.5, 0.8, 1.2),
    "close": (0.0, 0.5, 1.0, 1.5, 2.0),
}
K: Final = 5


@dataclass(frozen=True)
class Case:
    """One question: its document, the signs of every hit, and which hits answer."""

    document: str
    signs: NDArray[np.float32]
    right: NDArray[np.bool_]


def cases_of(app: App, *, without_cards: bool = False) -> list[Case]:
    cards = build_card_index(load_cards(), app.library)
    searching = Searching(app.index, cards, app.library)
    cases: list[Case] = []
    for placed in searching.cards.placed:
        for question in placed.card.questions:
            cases.append(_case(searching, placed, question, without_cards=without_cards))
    return cases


def _case(searching: Searching, placed: PlacedCard, question: str, *, without_cards: bool) -> Case:
    bridged = bridge(analyse(question), shipped_thesaurus())
    hits = searching.find(bridged, 40, skip=question).hits
    wanted = {(placed.version, anchor.passage) for anchor in placed.anchors}
    signs = np.array(
        [_signs(hit, without_cards=without_cards) for hit in hits], np.float32
    ).reshape(-1, 4)
    right = np.array([(hit.version, hit.number) in wanted for hit in hits], bool)
    return Case(placed.card.document, signs, right)


def _signs(hit: Hit, *, without_cards: bool) -> tuple[float, float, float, float]:
    return hit.lexical, 0.0 if without_cards else hit.card, hit.dense, hit.close


def hits_at(cases: Sequence[Case], weights: Sequence[float]) -> tuple[float, float]:
    """The shares of questions whose passage comes first, and among the first five."""
    first = five = 0
    for case in cases:
        if len(case.right):
            order = np.argsort(-(case.signs @ np.array((1.0, *weights), np.float32)), kind="stable")
            first += bool(case.right[order[0]])
            five += bool(case.right[order[:K]].any())
    return first / max(1, len(cases)), five / max(1, len(cases))


def best(cases: Sequence[Case]) -> tuple[float, ...]:
    """The weights with which most questions find their passage first, then in the first five."""
    return max(itertools.product(*GRID.values()), key=lambda w: hits_at(cases, w))


def report(name: str, cases: Sequence[Case], shipped: Sequence[float]) -> None:
    print(f"\n{name}: {len(cases)} questions")
    rows: dict[str, Any] = {
        "words alone": (0.0, 0.0, 0.0), "with cards": (shipped[0], 0.0, 0.0),
        "with cards and vectors": (*shipped[:2], 0.0),
        "with cards and a second look": (shipped[0], 0.0, shipped[2]),
        "with all, as shipped": tuple(shipped), "the best of the grid": best(cases),
    }  # fmt: skip
    for label, weights in rows.items():
        first, five = hits_at(cases, weights)
        print(f"  {label:<30} {weights}  hit@1 {first:6.2%}  hit@5 {five:6.2%}")


def crossed(cases: Sequence[Case]) -> None:
    """Each document with the weights that the others chose."""
    for document in sorted({case.document for case in cases}):
        own = [case for case in cases if case.document == document]
        weights = best([case for case in cases if case.document != document])
        first, five = hits_at(own, weights)
        print(f"  {document:<40} {weights}  hit@1 {first:6.2%}  hit@5 {five:6.2%}")


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        app = open_app(Settings(home=Path(home)))
        shipped = tuple(w / WORD_WEIGHT for w in (CARD_WEIGHT, DENSE_WEIGHT, CLOSE_WEIGHT))
        cases = cases_of(app)
        report("Cards' own questions, each left out", cases, shipped)
        crossed(cases)
        report("The same without any card", cases_of(app, without_cards=True), shipped)
        app.engine.dispose()


if __name__ == "__main__":
    main()
