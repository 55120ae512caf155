"""Finding the question card nearest to a question: lexically, over the cards' own questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval import segment as segments
from retrieval.cards import Anchor, Card, Places, anchored
from retrieval.folding import fold
from retrieval.lexical import WeightedTerms, best_of, score_segment
from retrieval.library import Library
from retrieval.question import core_of
from retrieval.segment import Segment, Text
from retrieval.terms import Terms, terms_of_all, weight_of_kind


@dataclass(frozen=True, slots=True)
class PlacedCard:
    """A card whose quotes were found in the current version of its document."""

    card: Card
    version: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class CardHit:
    """A card near to a question: how near (0 to 1), and the question of it that is nearest."""

    placed: PlacedCard
    nearness: float
    question: str


@dataclass(frozen=True, eq=False)
class CardIndex:
    """All questions of all cards, in memory."""

    placed: tuple[PlacedCard, ...]
    questions: tuple[str, ...]
    owner: NDArray[np.int32]
    segment: Segment
    terms: tuple[Terms, ...]
    weights: tuple[NDArray[np.float32], ...]

    def nearest(self, asked: WeightedTerms, k: int, skip: str = "") -> list[CardHit]:
        """The nearest cards, one hit a card; `skip` leaves a question out (for calibration)."""
        if not self.questions or not len(asked.terms):
            return []
        weights = _idf(self.segment, asked.terms) * asked.weights
        scores = score_segment(self.segment, asked.terms, weights, self._average())
        hits: dict[int, CardHit] = {}
        for at in best_of(scores, k * 6):
            if skip and self.questions[at] == skip:
                continue
            card = int(self.owner[at])
            near = self._nearness(asked, weights, int(at))
            if card not in hits or near > hits[card].nearness:
                hits[card] = CardHit(self.placed[card], near, self.questions[at])
        return sorted(hits.values(), key=lambda hit: -hit.nearness)[:k]

    def _average(self) -> float:
        return float(self.segment.lengths.mean()) if self.segment.size else 1.0

    def _nearness(self, asked: WeightedTerms, weights: NDArray[np.float32], question: int) -> float:
        """Weighted cosine: what the two questions share, against what each holds alone."""
        theirs, own = self.terms[question], self.weights[question]
        at = np.minimum(np.searchsorted(asked.terms, theirs), len(asked.terms) - 1)
        shared = asked.terms[at] == theirs
        both = float((weights[at[shared]] * own[shared]).sum())
        size = float(np.sqrt((weights**2).sum() * (own**2).sum()))
        return both / size if size else 0.0


def fold_question(question: str) -> str:
    folded = fold(question)
    language = "en" if folded.isascii() else "zh"
    return core_of(folded, language) or folded


def build_card_index(cards: Iterable[Card], library: Library) -> CardIndex:
    """Place every card in its document; what no longer stands there is left out."""
    placed: list[PlacedCard] = []
    texts: list[Text] = []
    questions: list[str] = []
    owner: list[int] = []
    places: dict[str, Places] = {}
    for card in cards:
        version = library.version_of(card.document)
        if version is None:
            continue
        if version not in places:
            places[version] = Places(library.reading(version))
        anchors = tuple(anchored(card, places[version]))
        if not anchors:
            continue
        for question in card.questions:
            texts.append(Text(version, len(questions), fold_question(question)))
            questions.append(question)
            owner.append(len(placed))
        placed.append(PlacedCard(card, version, anchors))
    built = segments.build(texts, 0.0)
    owners = np.array(owner, np.int32)
    return CardIndex(tuple(placed), tuple(questions), owners, built, *_weighed(texts, built))


def _weighed(
    texts: Sequence[Text], among: Segment
) -> tuple[tuple[Terms, ...], tuple[NDArray[np.float32], ...]]:
    """The distinct terms of each text and what they weigh; all at once, for every start does it."""
    terms, owner = terms_of_all([text.body for text in texts])
    order = np.lexsort((terms, owner))
    terms, owner = terms[order], owner[order]
    first = np.ones(len(terms), dtype=bool)
    first[1:] = (terms[1:] != terms[:-1]) | (owner[1:] != owner[:-1])
    terms, owner = terms[first], owner[first]
    weights = _idf(among, terms) * weight_of_kind(terms)
    ends = np.searchsorted(owner, np.arange(1, len(texts)))
    return tuple(np.split(terms, ends)), tuple(np.split(weights, ends))


def _idf(segment: Segment, terms: Terms) -> NDArray[np.float32]:
    starts, ends = segment.places(terms)
    held, total = ends - starts, segment.size
    return np.log1p((total - held + 0.5) / (held + 0.5)).astype(np.float32)
