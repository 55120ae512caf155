"""The lexical index: BM25 over characters, pairs and words, kept on disk and grown in segments."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from retrieval import segment as segments
from retrieval.segment import Segment, Text
from retrieval.segment_folder import SegmentFolder
from retrieval.terms import Terms

_K1: Final = 1.2
_B: Final = 0.75
_CONTEXT_WEIGHT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that shares terms with a question."""

    version: str
    number: int
    score: float


@dataclass(frozen=True, slots=True)
class WeightedTerms:
    """The distinct terms of a question, and how much each counts."""

    terms: Terms
    weights: NDArray[np.float32]


@dataclass
class LexicalIndex:
    """Segments in a folder, one put after another, merged as they grow many."""

    folder: Path
    _kept: SegmentFolder = field(init=False)

    def __post_init__(self) -> None:
        self._kept = SegmentFolder(self.folder)

    def put(self, texts: Sequence[Text]) -> None:
        """Add passages of whole versions; those that are there already are left as they are."""
        coming = {text.version for text in texts}
        with self._kept.writing():
            removed = self._kept.removed()
            there = self._kept.held() | removed
            fresh = [text for text in texts if text.version not in there]
            if fresh or removed & coming:
                built = segments.build(fresh, _CONTEXT_WEIGHT) if fresh else None
                self._kept.publish(built, (), removed - coming)

    def renew(self, texts: Sequence[Text]) -> None:
        """Put passages of whole versions in the place of what was there of them, at once."""
        if not texts:
            return
        coming = {text.version for text in texts}
        built = segments.build(texts, _CONTEXT_WEIGHT)
        with self._kept.writing():
            self._kept.publish(built, coming, self._kept.removed() - coming)

    def remove(self, versions: Iterable[str]) -> None:
        with self._kept.writing():
            gone = self._kept.held().intersection(versions)
            if gone:
                self._kept.publish(None, (), self._kept.removed() | gone)

    def versions(self) -> set[str]:
        return set(self._kept.held())

    def holds(self, version: str) -> bool:
        return version in self._kept.held()

    def proven(self) -> dict[str, int]:
        """How many passages each version has, after every byte was held against its sum."""
        self._kept.prove()
        counts: dict[str, int] = {}
        for part in self._kept.segments():
            of_each = np.bincount(part.owner, minlength=len(part.versions))
            for version, count in zip(part.versions, of_each, strict=True):
                counts[version] = counts.get(version, 0) + int(count)
        return {version: n for version, n in counts.items() if version in self._kept.held()}

    def clear(self) -> None:
        """Forget everything, also when what is there cannot be read."""
        self._kept.clear()

    def adding(self) -> AbstractContextManager[None]:
        return self._kept.adding()

    def sweeping(self) -> AbstractContextManager[bool]:
        return self._kept.sweeping()

    def size(self) -> int:
        return sum(segment.size for segment in self._kept.segments())

    def weigh(self, wanted: Terms) -> NDArray[np.float32]:
        """How rare each term is (BM25's idf); a term that nothing holds is the rarest."""
        held, total = np.zeros(len(wanted)), 0
        for segment in self._kept.segments():
            starts, ends = segment.places(wanted)
            held += ends - starts
            total += segment.size
        return np.log1p((total - held + 0.5) / (held + 0.5)).astype(np.float32)

    def search(
        self, question: WeightedTerms, k: int, live: Collection[str] | None = None
    ) -> list[Found]:
        """The best passages, best first; only of `live` versions when these are given."""
        idf = self.weigh(question.terms) * question.weights
        average = self._average_length()
        best: list[tuple[float, int, int]] = []
        parts = self._kept.segments()
        for place, segment in enumerate(parts):
            scores = score_segment(segment, question.terms, idf, average)
            mask = self._mask(segment, live)
            if mask is not None:
                scores[~mask] = 0
            for at in best_of(scores, k):
                best.append((float(scores[at]), place, int(at)))
        best.sort(key=lambda found: (-found[0], found[1], found[2]))
        return [_found(parts[place], at, score) for score, place, at in best[:k]]

    def _average_length(self) -> float:
        parts = self._kept.segments()
        total = sum(segment.size for segment in parts)
        return sum(float(segment.lengths.sum()) for segment in parts) / total if total else 1.0

    def _mask(self, segment: Segment, live: Collection[str] | None) -> NDArray[np.bool_] | None:
        removed = self._kept.removed()
        if live is None and not removed.intersection(segment.versions):
            return None
        allowed = [
            version not in removed and (live is None or version in live)
            for version in segment.versions
        ]
        if all(allowed):
            return None
        return np.array(allowed)[segment.owner]


def score_segment(
    segment: Segment, terms: Terms, idf: NDArray[np.float32], average: float
) -> NDArray[np.float32]:
    """BM25 of every passage of a segment."""
    scores = np.zeros(segment.size, dtype=np.float32)
    starts, ends = segment.places(terms)
    for start, end, weight in zip(starts, ends, idf, strict=True):
        if start == end:
            continue
        part = slice(int(start), int(end))
        posts = segment.posts[part]
        count = segments.counts_of(segment, part)
        norm = _K1 * (1 - _B + _B * segment.lengths[posts] / average)
        scores[posts] += weight * count * (_K1 + 1) / (count + norm)
    return scores


def best_of(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The places of the k best scores above nothing, best first."""
    among = np.argpartition(scores, -k)[-k:] if len(scores) > k else np.arange(len(scores))
    among = among[scores[among] > 0]
    return among[np.argsort(-scores[among], kind="stable")]


def _found(segment: Segment, at: int, score: float) -> Found:
    return Found(segment.versions[segment.owner[at]], int(segment.number[at]), score)
