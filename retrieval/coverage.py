"""How much of a question a text covers, each word by how rare it is."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from retrieval.bridging import Bridged, Unit
from retrieval.lexical import LexicalIndex
from retrieval.terms import Terms, terms_of, weight_of_kind

_LATIN: Final = re.compile(r"[a-z0-9.%]+$")
_BRIDGED_SHARE: Final = 0.9


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A unit of the question with the terms it is made of and what they weigh."""

    unit: Unit
    weights: dict[int, float]
    scale: float

    @property
    def total(self) -> float:
        return self.scale * sum(self.weights.values())


@dataclass(frozen=True)
class Coverage:
    """Measures texts against one question."""

    units: tuple[_Weighed, ...]

    @property
    def total(self) -> float:
        return sum(weighed.total for weighed in self.units)

    def of(self, text: str, beyond: str = "") -> float:
        """The share of the question that a folded text covers, 0 to 1.

        What `beyond` covers does not count: in a document that is asked by its name, each
        sentence that repeats the name would otherwise seem to answer.
        """
        held, given = _held(text), _held(beyond)
        covered, total = 0.0, 0.0
        for weighed in self.units:
            share, there = _shares(weighed, text, held), _shares(weighed, beyond, given)
            for key, weight in weighed.weights.items():
                open_part = weight * (1.0 - there.get(key, 0.0)) * weighed.scale
                total += open_part
                covered += open_part * share.get(key, 0.0)
        return covered / total if total > 1e-6 else 0.0

    def parts(self, text: str) -> list[float]:
        """For each unit, the share of it that a folded text covers."""
        held = _held(text)
        return [_covered(w, text, held) / w.total for w in self.units]

    def missing(self, text: str, share: float = 0.34) -> tuple[str, ...]:
        """The units of which a folded text covers next to nothing, rarest first."""
        held = _held(text)
        bare = [w for w in self.units if _covered(w, text, held) < share * w.total]
        return tuple(w.unit.text for w in sorted(bare, key=lambda w: -w.total))


def measure(bridged: Bridged, index: LexicalIndex) -> Coverage:
    """Weigh the units of a question by the rarity of their terms in the index."""
    found: list[Terms] = [np.unique(terms_of(unit.text)) for unit in bridged.units]
    if not found:
        return Coverage(())
    every = np.unique(np.concatenate(found))
    idf = index.weigh(every) * weight_of_kind(every)
    weights = {int(t): float(w) for t, w in zip(every, idf, strict=True)}
    weighed = []
    for unit, terms in zip(bridged.units, found, strict=True):
        own = {int(t): weights[int(t)] for t in terms}
        # An English word that the thesaurus does not bridge can hardly stand in a Chinese text.
        loose = bridged.question.language == "en" and not unit.alternatives
        scale = 0.3 if loose and _LATIN.match(unit.text) else 1.0
        weighed.append(_Weighed(unit, own, scale))
    return Coverage(tuple(w for w in weighed if w.total > 0))


def _held(text: str) -> frozenset[int]:
    return frozenset(int(t) for t in np.unique(terms_of(text))) if text else frozenset()


def _shares(weighed: _Weighed, text: str, held: frozenset[int]) -> dict[int, float]:
    """How far each term of a unit is covered: wholly, through another name, or by itself."""
    if not text:
        return {}
    if weighed.unit.text in text:
        return dict.fromkeys(weighed.weights, 1.0)
    if any(alternative in text for alternative in weighed.unit.alternatives):
        return dict.fromkeys(weighed.weights, _BRIDGED_SHARE)
    return dict.fromkeys(weighed.weights.keys() & held, 1.0)


def _covered(weighed: _Weighed, text: str, held: frozenset[int]) -> float:
    shares = _shares(weighed, text, held)
    return weighed.scale * sum(weighed.weights[key] * share for key, share in shares.items())
