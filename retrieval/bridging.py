"""A question in the terms of the documents: its own words, and what the thesaurus adds to them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from retrieval.cues import cue_words
from retrieval.lexical import WeightedTerms
from retrieval.question import Question
from retrieval.terms import terms_of, weight_of_kind
from retrieval.thesaurus import Thesaurus, load_thesaurus

FILE: Final = Path(__file__).with_name("thesaurus.tsv")
_EXPANSION: Final = 0.45
_CUE: Final = 0.35
# Small words between the words that count; without them 建档的藏品 is 建档 and 藏品.
_BETWEEN: Final = re.compile(
    r"的时候|时候|可以|没有|应当|应该|或者|以及|还是|就是|里面|自己|我们|你们|他们|最多|[每一][个张本份位]|的|了"
    r"|(?<![功智性技才职机动可效赋潜])能(?=[借办用看查拿续带进领退换])"
)
_BEFORE: Final = re.compile(r"^(?:是|由|被|把|里|我|你|他|她|它|这|那)+")
_AFTER: Final = re.compile(
    r"(?:是|(?<![自理])由|里|我|你|跟|被|把|(?<![国所拥持共享公私占含具])有)+$"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase of the question that evidence should cover, by itself or by another."""

    text: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bridged:
    """A question ready to be searched for."""

    question: Question
    terms: WeightedTerms
    own: WeightedTerms
    units: tuple[Unit, ...]


@cache
def shipped_thesaurus() -> Thesaurus:
    return load_thesaurus(FILE)


def bridge(question: Question, thesaurus: Thesaurus) -> Bridged:
    """The weighted terms and the units of a question."""
    own = {int(t): w for t, w in _weighted(question.core or question.folded)}
    terms = dict(own)
    units: list[Unit] = []
    rest = question.core
    found: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for expansion in thesaurus.expand(question.core):
        found.setdefault(expansion.term, []).append((expansion.official, expansion.weight))
    for term, groups in found.items():
        rest = rest.replace(term, " ", 1)
        units.append(Unit(term, tuple(dict.fromkeys(a for group, _ in groups for a in group))))
        for alternatives, weight in groups:
            share = _EXPANSION * weight / max(1.0, len(alternatives) ** 0.5)
            for alternative in alternatives:
                for key, kind in _weighted(alternative):
                    terms[int(key)] = max(terms.get(int(key), 0.0), share * kind)
    for word in cue_words(question):
        for key, kind in _weighted(word):
            terms[int(key)] = max(terms.get(int(key), 0.0), _CUE * kind)
    units += [Unit(word) for word in _words(rest)]
    return Bridged(question, _as_terms(terms), _as_terms(own), tuple(units))


def subject_names(bridged: Bridged) -> tuple[str, ...]:
    """What else the thing is called that a question wants defined."""
    subject = bridged.question.subject
    return next((u.alternatives for u in bridged.units if subject and u.text == subject), ())


def _weighted(text: str) -> list[tuple[int, float]]:
    found = np.unique(terms_of(text))
    return [(int(t), float(w)) for t, w in zip(found, weight_of_kind(found), strict=True)]


def _as_terms(terms: dict[int, float]) -> WeightedTerms:
    keys = sorted(terms)
    return WeightedTerms(
        np.array(keys, dtype=np.uint64), np.array([terms[k] for k in keys], dtype=np.float32)
    )


def _words(text: str) -> list[str]:
    """The words of a text that count, as far as they can be told apart."""
    runs = re.findall(r"[\u3400-\u9fff]+|[a-z0-9.%]+", _BETWEEN.sub(" ", text))
    return [word for run in runs if (word := _AFTER.sub("", _BEFORE.sub("", run)))]
