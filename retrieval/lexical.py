"""The lexical index: BM25 over characters, pairs and words, kept on disk and grown in segments."""

import fcntl
import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foundation.errors import IndexUnavailable
from retrieval import segment as segments
from retrieval.segment import Segment, Text
from retrieval.terms import Terms

_K1: Final = 1.2
_B: Final = 0.75
_CONTEXT_WEIGHT: Final = 0.5
_MERGE_AT: Final = 8
_LARGEST_MERGED: Final = 60_000
_FORMAT: Final = 3


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
    """Segments in a folder; `manifest.json` says which of them count."""

    folder: Path
    _loaded: dict[str, Segment] = field(default_factory=dict)
    _seen: tuple[int, int] = (0, 0)
    _manifest: dict[str, Any] = field(default_factory=dict)

    def put(self, texts: Sequence[Text]) -> None:
        """Add passages of whole versions; those that are there already are left as they are."""
        with self._writing():
            there = self._held()
            removed = set(self._manifest["removed"])
            coming = {text.version for text in texts}
            self._manifest["removed"] = sorted(removed - coming)
            fresh = [t for t in texts if t.version not in there and t.version not in removed]
            if fresh:
                self._append(segments.build(fresh, _CONTEXT_WEIGHT))
            self._merge_small()
            self._publish()

    def remove(self, versions: Iterable[str]) -> None:
        with self._writing():
            gone = set(self._manifest["removed"]) | (set(versions) & self._held())
            if gone != set(self._manifest["removed"]):
                self._manifest["removed"] = sorted(gone)
                self._publish()

    def versions(self) -> set[str]:
        self._refresh()
        return self._held()

    def size(self) -> int:
        self._refresh()
        return sum(segment.size for segment in self._segments())

    def weigh(self, wanted: Terms) -> NDArray[np.float32]:
        """How rare each term is (BM25's idf); a term that nothing holds is the rarest."""
        self._refresh()
        held, total = np.zeros(len(wanted)), 0
        for segment in self._segments():
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
        parts = self._segments()
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
        parts = self._segments()
        total = sum(segment.size for segment in parts)
        return sum(float(segment.lengths.sum()) for segment in parts) / total if total else 1.0

    def _mask(self, segment: Segment, live: Collection[str] | None) -> NDArray[np.bool_] | None:
        removed = set(self._manifest["removed"])
        if live is None and not removed.intersection(segment.versions):
            return None
        allowed = [
            version not in removed and (live is None or version in live)
            for version in segment.versions
        ]
        if all(allowed):
            return None
        return np.array(allowed)[segment.owner]

    def _segments(self) -> list[Segment]:
        return [self._open(name) for name in self._manifest["segments"]]

    def _open(self, name: str) -> Segment:
        if name not in self._loaded:
            try:
                self._loaded[name] = segments.load(self.folder / name)
            except (OSError, ValueError) as error:
                raise IndexUnavailable(
                    "The search index is damaged; “libcoach documents check” makes it anew."
                ) from error
        return self._loaded[name]

    def _held(self) -> set[str]:
        held = {version for segment in self._segments() for version in segment.versions}
        return held - set(self._manifest["removed"])

    def _refresh(self) -> None:
        """See what another process published since."""
        path = self.folder / "manifest.json"
        try:
            status = path.stat()
        except FileNotFoundError:
            self._manifest, self._seen = _empty(), (0, 0)
            return
        if (status.st_mtime_ns, status.st_ino) == self._seen:
            return
        try:
            manifest = json.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise IndexUnavailable(
                "The search index is damaged; “libcoach documents check” makes it anew."
            ) from error
        self._manifest = manifest if manifest.get("format") == _FORMAT else _empty()
        self._seen = (status.st_mtime_ns, status.st_ino)
        wanted = set(self._manifest["segments"])
        self._loaded = {name: s for name, s in self._loaded.items() if name in wanted}

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, in this process and any other."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._refresh()
            yield

    def _append(self, segment: Segment) -> None:
        number = self._manifest["next"]
        name = f"segment-{number:06d}"
        self._manifest["next"] = number + 1
        shutil.rmtree(self.folder / name, ignore_errors=True)
        segments.save(segment, self.folder / name)
        self._manifest["segments"].append(name)

    def _merge_small(self) -> None:
        small = [n for n in self._manifest["segments"] if self._open(n).size < _LARGEST_MERGED]
        if len(small) < _MERGE_AT:
            return
        merged = segments.merge([self._open(n) for n in small], self._manifest["removed"])
        self._manifest["segments"] = [n for n in self._manifest["segments"] if n not in small]
        self._append(merged)
        held = {v for n in self._manifest["segments"] for v in self._open(n).versions}
        self._manifest["removed"] = sorted(set(self._manifest["removed"]) & held)

    def _publish(self) -> None:
        """Point to the new segments at once, then clear away what nobody points to."""
        path = self.folder / "manifest.json"
        part = path.with_suffix(".part")
        part.write_text(json.dumps(self._manifest), "utf-8")
        part.replace(path)
        self._seen = (0, 0)
        wanted = {*self._manifest["segments"], "manifest.json", "lock"}
        for other in self.folder.iterdir():
            if other.name not in wanted and other.name.startswith("segment-"):
                shutil.rmtree(other, ignore_errors=True)


def _empty() -> dict[str, Any]:
    return {"format": _FORMAT, "next": 0, "segments": [], "removed": []}


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
