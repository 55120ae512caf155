"""A second look at the best passages: do the words of the question stand close together there?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.structure.splitting import sentences
from retrieval.lexical import WeightedTerms
from retrieval.terms import terms_of_all

# What one sentence covers of the question, what two together cover, and how long the runs are
# that passage and question share, each against the score of words; found on the questions of
# DRCD's development set, see `benchmarks.strangers`.
SENTENCE, TWO_SENTENCES, RUNS = 0.41, 0.46, 0.39

_PIECE: Final = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_MARK: Final = "\x1f"
# A long run says more than its parts: 图书馆法 more than 图书 and 馆法.
_LONGER: Final = 1.5


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close together the words of a question stand in a passage; each part is 0 to 1."""

    sentence: float
    two_sentences: float
    runs: float

    @property
    def worth(self) -> float:
        return SENTENCE * self.sentence + TWO_SENTENCES * self.two_sentences + RUNS * self.runs


def look(
    passages: Sequence[str], question: str, terms: WeightedTerms, most: float
) -> list[Closeness]:
    """The closeness of folded passages to a folded question.

    `terms` weigh what counts as much as it is rare; `most` is the weight of all that was asked.
    """
    if not passages or most <= 0:
        return [Closeness(0.0, 0.0, 0.0)] * len(passages)
    covered = _covered(passages, terms, most)
    asked = _PIECE.findall(question)
    return [
        Closeness(one, two, shared_runs(asked, passage))
        for (one, two), passage in zip(covered, passages, strict=True)
    ]


def _covered(
    passages: Sequence[str], terms: WeightedTerms, most: float
) -> list[tuple[float, float]]:
    """For each passage, what its best sentence and its best two neighbours cover."""
    parts: list[str] = []
    owner: list[int] = []
    for number, passage in enumerate(passages):
        found = [part for part in sentences(passage) if part.strip()] or [passage]
        parts += found
        owner += [number] * len(found)
    held = _held(parts, terms)
    weights = terms.weights / most
    alone = np.minimum(held @ weights, 1.0)
    together = np.minimum((held[:-1] | held[1:]) @ weights, 1.0)
    of = np.array(owner)
    together = np.where(of[:-1] == of[1:], together, 0.0)
    one, two = np.zeros(len(passages)), np.zeros(len(passages))
    np.maximum.at(one, of, alone)
    np.maximum.at(two, of[1:], together)
    return list(zip(one.tolist(), np.maximum(one, two).tolist(), strict=True))


def _held(parts: Sequence[str], terms: WeightedTerms) -> NDArray[np.bool_]:
    """Which sentence holds which term."""
    there, owner = terms_of_all(parts)
    held = np.zeros((len(parts), len(terms.terms)), dtype=bool)
    at = np.minimum(np.searchsorted(terms.terms, there), len(terms.terms) - 1)
    hit = terms.terms[at] == there
    held[owner[hit], at[hit]] = True
    return held


def shared_runs(asked: Sequence[str], passage: str) -> float:
    """How much of a question stands in a passage in unbroken runs, 0 to 1."""
    text = _joined(_PIECE.findall(passage))
    start, worth = 0, 0.0
    while start < len(asked):
        end = start
        while end < len(asked) and _joined(asked[start : end + 1]) in text:
            end += 1
        if end - start > 1:
            worth += (end - start) ** _LONGER
        start = max(end, start + 1)
    return worth / len(asked) ** _LONGER if asked else 0.0


def _joined(pieces: Sequence[str]) -> str:
    return _MARK + _MARK.join(pieces) + _MARK
