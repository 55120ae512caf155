"""Drafts of an answer, from cards and from passages, and which of them answers best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from retrieval.bridging import Bridged
from retrieval.card_index import CardHit
from retrieval.commands import commands_a_machine as _orders
from retrieval.composing.draft import Draft
from retrieval.composing.facts import card_draft, passage_draft
from retrieval.composing.lists import list_around, list_draft
from retrieval.coverage import Coverage
from retrieval.folding import fold
from retrieval.library import Library
from retrieval.question import Shape
from retrieval.ranking import Favoured, Ranked
from retrieval.signs import Features, Signs
from retrieval.sureness import sure

_PASSAGES, _CARDS = 8, 8
_LEAST_NEAR: Final = 0.08

# What each sign is worth; found by `python -m benchmarks.weights`, which asks the cards' own
# questions with that question left out, and checks on cards that it did not learn from.
WEIGHTS: Final[Features] = {
    "lexical": 1.8, "led": 0.5, "near": 1.0, "said": 1.25, "around": 0.8, "unfit": -0.3,
    "counted": 0.4, "defines": 0.7, "label": 0.3, "headings": -0.4, "listed": 0.2,
    "lead_in": -0.5, "long": -0.5, "card": 0.0, "named": 0.6, "focus": 0.35,
    "cued": 0.35, "favoured": 0.5, "asked": 0.3, "titled": 0.4, "contrast": 0.25,
}  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A draft with the signs that speak for and against it."""

    draft: Draft
    features: Features
    evidence: str
    spoken: str

    @property
    def score(self) -> float:
        return sum(weight * self.features[name] for name, weight in WEIGHTS.items())

    @property
    def sureness(self) -> float:
        """How sure it is that this is an answer at all, 0 to 1."""
        return sure({**self.features, "score": self.score})

    @property
    def covered(self) -> float:
        return self.features["around"]

    @property
    def near(self) -> float:
        return self.features["near"]

    @property
    def fits(self) -> bool:
        return not self.features["unfit"]


@dataclass(frozen=True)
class Judge:
    """Puts drafts together for one question and weighs them."""

    bridged: Bridged
    coverage: Coverage
    library: Library
    favoured: Favoured | None = None

    @cached_property
    def _signs(self) -> Signs:
        return Signs(self.bridged, self.coverage, self.library, self.favoured)

    def candidates(self, ranked: Sequence[Ranked], cards: Sequence[CardHit]) -> list[Candidate]:
        """Every draft worth a look, best first."""
        found = [*self._from_passages(ranked[:_PASSAGES]), *self._from_cards(cards, ranked)]
        # Orders to a machine, slipped into a document, are no answer to anybody.
        found = [c for c in found if not any(_orders(q.text) for q in c.draft.quotes())]
        if self.bridged.question.shape is Shape.DEFINITION:
            found = _that_say_something(found)
        self._contrast(found)
        return sorted(found, key=lambda candidate: -candidate.score)

    def _contrast(self, found: Sequence[Candidate]) -> None:
        """What every draft covers tells none from another; what few cover tells most."""
        units = self.coverage.units
        if len(found) < 2 or not units:
            return
        parts = [self.coverage.parts(candidate.spoken) for candidate in found]
        telling = [
            unit.total * max(0.05, 1.0 - sum(part[n] for part in parts) / len(parts))
            for n, unit in enumerate(units)
        ]
        whole = sum(telling)
        for candidate, part in zip(found, parts, strict=True):
            shared = sum(w * covered for w, covered in zip(telling, part, strict=True))
            candidate.features["contrast"] = shared / whole if whole else 0.0

    def _from_passages(self, ranked: Sequence[Ranked]) -> Iterator[Candidate]:
        question = self.bridged.question
        for one in ranked:
            hit = one.hit
            known = {"lexical": hit.lexical, "led": hit.card}
            if question.shape is Shape.LIST or question.ordinal:
                listed = list_draft(hit.version, hit.number, self.library, question.ordinal)
                if listed is not None:
                    members = list_around(self.library.reading(hit.version), hit.number)
                    known_list = {**known, "counted": float(question.count == len(members))}
                    yield self._weighed(listed, known_list)
            draft = passage_draft(
                hit.version, hit.number, self.bridged, self.coverage, self.library
            )
            if draft.statements:
                yield self._weighed(draft, known)

    def _from_cards(
        self, cards: Sequence[CardHit], ranked: Sequence[Ranked]
    ) -> Iterator[Candidate]:
        words = {(r.hit.version, r.hit.number): r.hit.lexical for r in ranked}
        for hit in cards[:_CARDS]:
            if hit.nearness < _LEAST_NEAR:
                continue
            draft = card_draft(hit, self.bridged, self.coverage, self.library)
            if not draft.statements:
                continue
            places = [(hit.placed.version, a.passage) for a in hit.placed.anchors]
            lexical = max(words.get(place, 0.0) for place in places)
            known = {"near": hit.nearness, "lexical": lexical, "card": 1.0}
            yield self._weighed(draft, known, hit.question)

    def _weighed(self, draft: Draft, known: Features, asked: str = "") -> Candidate:
        signs = self._signs
        spoken = fold("\n".join(quote.text for quote in draft.quotes()))
        stands = f"{spoken}\n{signs.around(draft)}"
        evidence = f"{stands}\n{fold(asked)}"
        features = dict.fromkeys(WEIGHTS, 0.0)
        features.update(signs.of(draft, spoken, evidence, asked))
        features.update(known)
        features.update(pairs=self.coverage.of_pairs(stands), size=self.coverage.size)
        return Candidate(draft, features, evidence, f"{spoken}\n{fold(asked)}")


def _that_say_something(found: list[Candidate]) -> list[Candidate]:
    """Where something says what the asked is, what only stands under its name does not answer."""
    if not any(candidate.features["defines"] >= 1.0 for candidate in found):
        return found
    return [c for c in found if c.features["defines"] or c.features["said"]]
