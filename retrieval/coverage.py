"""How much of a question a text covers, each word by how rare it is."""

import re
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from retrieval.bridging import Bridged, Unit
from retrieval.folding import stands_in
from retrieval.lexical import LexicalIndex
from retrieval.terms import stem, terms_of, weight_of_kind

_LATIN: Final = re.compile(r"[a-z0-9.%]+$")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_BRIDGED_SHARE: Final = 0.9
# What was spoken of before is known; the new words of a follow-up ask.
_SPOKEN_OF: Final = 0.4
_MUCH: Final = 0.3
# No text makes this term.
_NOWHERE: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A unit of the question, the pieces it is made of, and what each weighs."""

    unit: Unit
    weights: dict[str, float]
    scale: float

    @property
    def total(self) -> float:
        return self.scale * sum(self.weights.values())


@dataclass(frozen=True)
class Coverage:
    """Measures texts against one question."""

    units: tuple[_Weighed, ...]
    rarest: float = 1.0

    @property
    def size(self) -> float:
        """How much is asked for, in words that nothing holds."""
        return sum(weighed.total for weighed in self.units) / self.rarest

    def of(self, text: str, beyond: str = "") -> float:
        """The share of the question that a folded text covers, 0 to 1.

        What `beyond` covers does not count: in a document that is asked by its name, each
        sentence that repeats the name would otherwise seem to answer.
        """
        covered, total = 0.0, 0.0
        for weighed in self.units:
            share, there = _shares(weighed, text), _shares(weighed, beyond)
            for piece, weight in weighed.weights.items():
                open_part = weight * (1.0 - there.get(piece, 0.0)) * weighed.scale
                total += open_part
                covered += open_part * share.get(piece, 0.0)
        return covered / total if total > 1e-6 else 0.0

    def of_pairs(self, text: str) -> float:
        """The same without single characters, of which every text covers some."""
        covered, total = 0.0, 0.0
        for weighed in self.units:
            share = _shares(weighed, text)
            single = len(weighed.unit.text) > 1
            for piece, weight in weighed.weights.items():
                if single and len(piece) == 1 and _HAN.match(piece):
                    continue
                total += weight * weighed.scale
                covered += weight * weighed.scale * share.get(piece, 0.0)
        return covered / total if total > 1e-6 else 0.0

    def of_new(self) -> "Coverage":
        """Only what a follow-up adds to what was spoken of; everything, when it adds nothing."""
        fresh = tuple(weighed for weighed in self.units if weighed.scale != _SPOKEN_OF)
        return replace(self, units=fresh) if fresh else self

    def absent(self, text: str) -> tuple[str, ...]:
        """Known concepts that are much of the question, and that a text has by no name."""
        most = _MUCH * sum(weighed.total for weighed in self.units)
        return tuple(
            weighed.unit.text
            for weighed in self.units
            if weighed.unit.alternatives
            and weighed.total >= most
            and not any(len(piece) > 1 for piece in _shares(weighed, text))
        )

    def parts(self, text: str) -> list[float]:
        """For each unit, the share of it that a folded text covers."""
        return [_covered(weighed, text) / weighed.total for weighed in self.units]


def measure(bridged: Bridged, index: LexicalIndex) -> Coverage:
    """Weigh the units of a question by the rarity of their pieces in the index."""
    weighed = []
    for unit in bridged.units:
        pieces = _pieces(unit.text)
        terms = np.array([terms_of(piece)[-1] for piece in pieces], dtype=np.uint64)
        idf = index.weigh(terms) * weight_of_kind(terms)
        # An English word that the thesaurus does not bridge can hardly stand in a Chinese text.
        loose = bridged.question.language == "en" and not unit.alternatives
        scale = 0.3 if loose and _LATIN.match(unit.text) else 1.0
        if unit.text in bridged.question.topic:
            scale *= _SPOKEN_OF
        weights = dict(zip(pieces, map(float, idf), strict=True))
        if sum(weights.values()) > 0:
            weighed.append(_Weighed(unit, weights, scale))
    nowhere = np.array([_NOWHERE], dtype=np.uint64)
    return Coverage(tuple(weighed), float(index.weigh(nowhere)[0]) or 1.0)


def _pieces(text: str) -> list[str]:
    """Characters and pairs of Chinese, words and numbers of the rest; each once."""
    pieces: dict[str, None] = {}
    for run in re.findall(r"[\u3400-\u9fff]+|\d+(?:[.,]\d+)*|[a-z\u00c0-\u024f]{2,}", text):
        if "\u3400" <= run[0] <= "\u9fff":
            pieces.update(dict.fromkeys(run))
            pieces.update(dict.fromkeys(run[n : n + 2] for n in range(len(run) - 1)))
        else:
            pieces[stem(run)] = None
    return list(pieces)


def _shares(weighed: _Weighed, text: str) -> dict[str, float]:
    """How far each piece of a unit is covered: wholly, through another name, or by itself."""
    if not text:
        return {}
    unit = weighed.unit
    if stands_in(unit.text, text):
        return dict.fromkeys(weighed.weights, 1.0)
    if any(stands_in(alternative, text) for alternative in unit.alternatives):
        return dict.fromkeys(weighed.weights, _BRIDGED_SHARE)
    return {piece: 1.0 for piece in weighed.weights if stands_in(piece, text)}


def _covered(weighed: _Weighed, text: str) -> float:
    shares = _shares(weighed, text)
    return weighed.scale * sum(weighed.weights[piece] * share for piece, share in shares.items())
