"""From a question to ranked passages: words, vectors and question cards, weighed together."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from retrieval.bridging import Bridged
from retrieval.card_index import CardHit, CardIndex
from retrieval.index import SearchIndex
from retrieval.lexical import WeightedTerms
from retrieval.library import Library
from retrieval.reranking import Reranker
from retrieval.second_look import look

Place = tuple[str, int]

# What the words of a passage, a card that leads to it, its vector and a second look count; found
# by `python -m benchmarks.fusion`, which asks the cards' own questions with that question left out.
WORD_WEIGHT: Final = 0.5
CARD_WEIGHT: Final = 0.45
DENSE_WEIGHT: Final = 0.25
CLOSE_WEIGHT: Final = 0.5
# A cross-encoder has read both: where there is one, it decides among the first.
RERANK_WEIGHT: Final = 1.5
_DEPTH: Final = 60
_CARDS: Final = 24
_LOOKED_AT: Final = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer: `score` orders, the others say why."""

    version: str
    number: int
    score: float
    lexical: float = 0.0
    card: float = 0.0
    dense: float = 0.0
    close: float = 0.0
    reranked: float = 0.0


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
    reranker: Reranker | None = None
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
        words, most = self._by_words(bridged, live)
        meant = self._by_meaning(bridged, live)
        near = [
            hit
            for hit in self.cards.nearest(bridged.terms, _CARDS, skip)
            if hit.placed.version in live
        ]
        led = _led_to(near)
        hits = [
            Hit(place[0], place[1], 0.0, words.get(place, 0.0), led.get(place, 0.0),
                meant.get(place, 0.0))
            for place in {*words, *meant, *led}
        ]  # fmt: skip
        hits = sorted((_weighed(hit) for hit in hits), key=_order)
        hits = self._looked_at(hits[: max(k, _LOOKED_AT)], bridged, most)
        return Findings(tuple(hits[:k]), tuple(near))

    def _by_words(self, bridged: Bridged, live: set[str]) -> tuple[dict[Place, float], float]:
        """Scores against what the question could have scored; and the weight of all its words."""
        lexical = self.index.lexical
        most = float((lexical.weigh(bridged.own.terms) * bridged.own.weights).sum())
        if not most:
            return {}, most
        found = lexical.search(bridged.terms, _DEPTH, live)
        return {(f.version, f.number): f.score / (most * 2.2) for f in found}, most

    def _by_meaning(self, bridged: Bridged, live: set[str]) -> dict[Place, float]:
        """How much nearer a passage is than the last that was found."""
        asked = bridged.question.core or bridged.question.folded
        found = self.index.dense.search(asked, _DEPTH, live)
        last = found[-1].score if len(found) == _DEPTH else 0.0
        return {(f.version, f.number): max(0.0, f.score - last) for f in found}

    def _looked_at(self, hits: list[Hit], bridged: Bridged, most: float) -> list[Hit]:
        """The first hits in the order that a second look gives them, then the others."""
        first = hits[:_LOOKED_AT]
        texts = self.library.folded_all([(hit.version, hit.number) for hit in first])
        idf = self.index.lexical.weigh(bridged.terms.terms)
        terms = WeightedTerms(bridged.terms.terms, bridged.terms.weights * idf)
        close = look(texts, bridged.question.folded, terms, most)
        read = self._reranked(bridged.question.text, texts)
        again = [
            _weighed(replace(hit, close=seen.worth, reranked=fit))
            for hit, seen, fit in zip(first, close, read, strict=True)
        ]
        return sorted(again, key=_order) + hits[_LOOKED_AT:]

    def _reranked(self, question: str, texts: list[str]) -> list[float]:
        scores = self.reranker.scores(question, texts) if self.reranker else []
        return scores or [0.0] * len(texts)


def _weighed(hit: Hit) -> Hit:
    score = WORD_WEIGHT * hit.lexical + CARD_WEIGHT * hit.card + DENSE_WEIGHT * hit.dense
    score += CLOSE_WEIGHT * hit.close + RERANK_WEIGHT * hit.reranked
    return replace(hit, score=score)


def _order(hit: Hit) -> tuple[float, str, int]:
    return -hit.score, hit.version, hit.number


def _led_to(near: Iterable[CardHit]) -> dict[Place, float]:
    """The passages that cards lead to, each by the nearest card."""
    led: dict[Place, float] = {}
    for hit in near:
        for anchor in hit.placed.anchors:
            place = (hit.placed.version, anchor.passage)
            led[place] = max(led.get(place, 0.0), hit.nearness)
    return led
