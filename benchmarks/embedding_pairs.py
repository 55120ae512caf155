"""Pairs of texts that belong together, drawn from the training data as often as one likes."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from benchmarks.embedding_alignment import aligned
from benchmarks.embedding_data import (
    Article,
    QuestionSet,
    held_out,
    read_laws,
    read_questions,
    read_synonyms,
    read_thesaurus,
    sentences,
)

Pieces = NDArray[np.int64]
Pair = tuple[Pieces, Pieces]
_LONGEST_QUERY: Final = 40


@dataclass(frozen=True)
class Material:
    """All texts that may be trained on."""

    chinese: QuestionSet
    parallel: tuple[QuestionSet, QuestionSet]
    laws: list[Article]
    synonyms: list[list[str]]
    thesaurus: list[list[str]]

    def texts(self) -> Iterable[str]:
        """What the tokenizer learns its pieces from, prose of all kinds before law."""
        for some in (self.chinese, *self.parallel):
            for _ in range(3):
                yield from some.passages
                yield from (question.text for question in some.questions)
        for row in (*self.synonyms, *self.thesaurus * 3):
            yield from row
        yield from (article.text for article in self.laws[:30000])

    def translated_sentences(self) -> list[tuple[str, str]]:
        """Chinese and English: the questions, and the sentences of the passages."""
        chinese, english = self.parallel
        asked = zip(chinese.questions, english.questions, strict=True)
        pairs = [(ours.text, theirs.text) for ours, theirs in asked]
        for ours, theirs in zip(chinese.passages, english.passages, strict=True):
            pairs += aligned(sentences(ours), sentences(theirs))
        return pairs

    def translated_terms(self) -> list[tuple[str, str]]:
        return [
            (ours, theirs)
            for row in self.thesaurus
            for theirs in row
            for ours in [term for term in row if not term.isascii()][:2]
            if theirs.isascii()
        ]


def read_material(data: Path, thesaurus: Path) -> Material:
    chinese, english = (read_questions(data / f"xquad_{name}.json") for name in ("zh", "en"))
    hidden = held_out(chinese)
    return Material(
        read_questions(data / "drcd_dev.json"),
        (chinese.without(hidden), english.without(hidden)),
        read_laws(data / "laws.tar.xz", every=2),
        read_synonyms(data / "chinese-open-wordnet.tab"),
        read_thesaurus(thesaurus),
    )


@dataclass
class Sampler:
    """Draws a batch of pairs of one kind; within a batch no passage comes twice."""

    tokenizer: Tokenizer
    material: Material
    seed: int
    kinds: dict[str, Callable[[int], list[Pair]]] = field(init=False)

    def __post_init__(self) -> None:
        material, (chinese, english) = self.material, self.material.parallel
        self._random = random.Random(self.seed)
        self._numpy = np.random.default_rng(self.seed)
        self._sets = [self._encoded_set(s) for s in (material.chinese, chinese, english)]
        self._prose = [p for some in self._sets for p in some.passages]
        said = material.translated_sentences()
        sides = [self._encoded(pair[side] for pair in said) for side in (0, 1)]
        self._sentences: list[Pair] = list(zip(*sides, strict=True))
        self._headings = self._encoded(article.heading for article in material.laws)
        self._laws = self._passages(article.text for article in material.laws)
        self._words = [self._encoded(row) for row in material.synonyms]
        self._terms = [self._encoded(row) for row in material.thesaurus]
        self.kinds = {
            "question": self._questions,
            "window": self._windows,
            "cloze": self._clozes,
            "law": self._law_articles,
            "parallel": self._parallel,
            "translation": lambda count: self._random.sample(self._sentences, count),
            "synonym": lambda count: self._same(self._words, count),
        }
        if self._terms:
            self.kinds["term"] = lambda count: self._same(self._terms, count)

    def prose(self) -> list[Pieces]:
        """Passages of every kind, to count how rare a piece is."""
        return [joined(p) for p in (*self._prose, *self._laws[::20])]

    def everything(self) -> list[Pieces]:
        return [joined(p) for p in (*self._prose, *self._prose, *self._laws)]

    def translated(self) -> list[Pair]:
        """Chinese and English that say the same: sentences, and the terms of the profession."""
        terms = self.material.translated_terms()
        sides = [self._encoded(term[side] for term in terms) for side in (0, 1)]
        return [*self._sentences, *zip(*sides, strict=True)]

    def _encoded(self, texts: Iterable[str]) -> list[Pieces]:
        encoded = self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [np.array(e.ids, dtype=np.int64) for e in encoded]

    def _passages(self, texts: Iterable[str]) -> list[list[Pieces]]:
        cut = [sentences(text) for text in texts]
        flat = iter(self._encoded(sentence for parts in cut for sentence in parts))
        return [[next(flat) for _ in parts] for parts in cut]

    def _encoded_set(self, some: QuestionSet) -> "_Encoded":
        passages = self._passages(some.passages)
        asked: list[list[tuple[Pieces, int]]] = [[] for _ in passages]
        for question, pieces in zip(
            some.questions, self._encoded(q.text for q in some.questions), strict=True
        ):
            parts = sentences(some.passages[question.passage])
            holding = (i for i, part in enumerate(parts) if question.answer in part)
            asked[question.passage].append((pieces, next(holding, 0)))
        return _Encoded(passages, asked)

    def _questions(self, count: int) -> list[Pair]:
        chosen = self._sets[0]
        numbers = self._random.sample(range(len(chosen.passages)), count)
        return [
            self._thinned(self._random.choice(chosen.asked[n])[0], joined(chosen.passages[n]))
            for n in numbers
        ]

    def _windows(self, count: int) -> list[Pair]:
        """A question and the sentence with its answer, with a neighbour or without."""
        chosen, pairs = self._sets[0], []
        for n in self._random.sample(range(len(chosen.passages)), count):
            question, place = self._random.choice(chosen.asked[n])
            first = max(0, place - self._random.randint(0, 1))
            part = chosen.passages[n][first : place + 1 + self._random.randint(0, 1)]
            pairs.append(self._thinned(question, joined(part)))
        return pairs

    def _clozes(self, count: int) -> list[Pair]:
        return [self._cloze(p) for p in self._random.sample(self._prose, count)]

    def _law_articles(self, count: int) -> list[Pair]:
        """A sentence and the rest of its article; now and then the heading and the article."""
        pairs = []
        near = self._random.random() < 0.3
        start = self._random.randrange(len(self._laws) - 4 * count) if near else 0
        stop = start + 4 * count if near else len(self._laws)
        for n in self._random.sample(range(start, stop), count):
            anchor, rest = self._cloze(self._laws[n])
            if self._random.random() < 0.3:
                anchor, rest = self._headings[n], joined(self._laws[n])
            elif self._random.random() < 0.5:
                rest = np.concatenate([self._headings[n], rest])
            pairs.append((anchor, rest))
        return pairs

    def _parallel(self, count: int) -> list[Pair]:
        """The same question or passage in two languages, and questions over the border."""
        _, chinese, english = self._sets
        pairs: list[Pair] = []
        numbers = range(len(chinese.passages))
        for n in self._random.sample(numbers, min(count, len(numbers))):
            asked = self._random.randrange(len(chinese.asked[n]))
            ours, theirs = chinese.asked[n][asked][0], english.asked[n][asked][0]
            passage, translated = joined(chinese.passages[n]), joined(english.passages[n])
            choices = [(theirs, ours)] * 3 + [(theirs, passage)] * 2
            choices += [(ours, translated), (translated, passage), (ours, passage)]
            pairs.append(self._random.choice(choices))
        return pairs

    def _same(self, rows: Sequence[Sequence[Pieces]], count: int) -> list[Pair]:
        some = self._random.sample(rows, min(count, len(rows)))
        return [tuple(self._random.sample(list(row), 2)) for row in some]  # type: ignore[misc]

    def _cloze(self, passage: Sequence[Pieces]) -> Pair:
        if len(passage) < 2:
            half = len(passage[0]) // 2 if passage else 0
            return joined(passage)[:half], joined(passage)[half:]
        n = self._random.randrange(len(passage))
        rest = [*passage[:n], *passage[n + 1 :]] if self._random.random() < 0.9 else passage
        return self._thinned(passage[n][:_LONGEST_QUERY], joined(rest))

    def _thinned(self, query: Pieces, passage: Pieces) -> Pair:
        """Every other query loses half of the pieces it shares: BM25 finds those anyway."""
        if self._random.random() < 0.5:
            kept = ~np.isin(query, passage) | (self._numpy.random(len(query)) > 0.5)
            query = query[kept] if kept.any() else query
        return query, passage


@dataclass(frozen=True)
class _Encoded:
    passages: list[list[Pieces]]
    asked: list[list[tuple[Pieces, int]]]


def joined(parts: Sequence[Pieces]) -> Pieces:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
