"""From a question to ranked passages: words, vectors and question cards, weighed together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from retrieval.bridging import Bridged
from retrieval.card_index import CardHit, CardIndex
from retrieval.index import SearchIndex
from retrieval.library import Library

# How much a passage gains from a card that leads to it, and from its vector; found by
# `python -m benchmarks.fusion`, which asks the cards' own questions with that question left out.
CARD_WEIGHT: Final = 0.9
_DEPTH: Final = 60
_CARDS: Final = 24


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer: `score` orders, `lexical` and `card` say why."""

    version: str
    number: int
    score: float
    lexical: float = 0.0
    card: float = 0.0


@dataclass(frozen=True)
class Findings:
    """All that searching found for one question."""

    hits: tuple[Hit, ...]
    cards: tuple[CardHit, ...]


@dataclass
class Searching:
    """Looks into the index and the cards."""

    index: SearchIndex
    cards: CardIndex
    library: Library
    _live: frozenset[str] = field(default_factory=frozenset)

    def find(
        self,
        bridged: Bridged,
        k: int = 20,
        *,
        documents: Iterable[str] = (),
        skip: str = "",
    ) -> Findings:
        """The best passages; only of some documents when these are named."""
        wanted = set(documents)
        live = {v for v, r in self.library.records.items() if not wanted or r.id in wanted}
        lexical = self.index.lexical
        most = float((lexical.weigh(bridged.own.terms) * bridged.own.weights).sum()) * 2.2
        found = lexical.search(bridged.terms, _DEPTH, live)
        words = {(f.version, f.number): f.score / most for f in found} if most else {}
        near = [
            hit
            for hit in self.cards.nearest(bridged.terms, _CARDS, skip)
            if hit.placed.version in live
        ]
        led: dict[tuple[str, int], float] = {}
        for hit in near:
            for anchor in hit.placed.anchors:
                key = (hit.placed.version, anchor.passage)
                led[key] = max(led.get(key, 0.0), hit.nearness)
        hits = [
            Hit(key[0], key[1], words.get(key, 0.0) + CARD_WEIGHT * led.get(key, 0.0),
                words.get(key, 0.0), led.get(key, 0.0))
            for key in {*words, *led}
        ]  # fmt: skip
        hits.sort(key=lambda h: (-h.score, h.version, h.number))
        return Findings(tuple(hits[:k]), tuple(near))
