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
    terms: frozenset[int]
    weights: dict[int, float]
    total: float


@dataclass(frozen=True)
class Coverage:
    """Measures texts against one question."""

    units: tuple[_Weighed, ...]

    @property
    def total(self) -> float:
        return sum(weighed.total for weighed in self.units)

    def of(self, text: str) -> float:
        """The share of the question that a folded text covers, 0 to 1."""
        if not self.units:
            return 0.0
        held = frozenset(int(t) for t in np.unique(terms_of(text)))
        return sum(_covered(w, text, held) for w in self.units) / max(self.total, 1e-9)

    def missing(self, text: str, share: float = 0.34) -> tuple[str, ...]:
        """The units of which a folded text covers next to nothing, rarest first."""
        held = frozenset(int(t) for t in np.unique(terms_of(text)))
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
        total = sum(own.values()) * (0.3 if loose and _LATIN.match(unit.text) else 1.0)
        weighed.append(_Weighed(unit, frozenset(own), own, total))
    return Coverage(tuple(w for w in weighed if w.total > 0))


def _covered(weighed: _Weighed, text: str, held: frozenset[int]) -> float:
    unit = weighed.unit
    if unit.text in text:
        return weighed.total
    if any(alternative in text for alternative in unit.alternatives):
        return _BRIDGED_SHARE * weighed.total
    whole = sum(weighed.weights.values())
    shared = sum(weighed.weights[t] for t in weighed.terms & held)
    return weighed.total * shared / whole if whole else 0.0
