"""A segment of the lexical index: postings of many passages in plain arrays, never changed."""

import json
import shutil
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from retrieval.terms import terms_of_all

# A term's count in a passage is kept in eighths, in one byte.
_EIGHTHS: Final = 8
_ABOUT: Final = "segment.json"
_ARRAYS: Final = ("terms", "offsets", "posts", "counts", "lengths", "owner", "number")


@dataclass(frozen=True, slots=True)
class Text:
    """A passage to be indexed: its own words, and the words around it that count less."""

    version: str
    number: int
    body: str
    context: str = ""


@dataclass(frozen=True, eq=False)
class Segment:
    """`posts[offsets[i]:offsets[i + 1]]` are the passages that hold `terms[i]`."""

    versions: tuple[str, ...]
    terms: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    posts: NDArray[np.int32]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.float32]
    owner: NDArray[np.int32]
    number: NDArray[np.int32]

    @property
    def size(self) -> int:
        return len(self.lengths)

    def places(self, wanted: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the postings of each wanted term begin and end; empty where it is unknown."""
        if not len(self.terms):
            nowhere = np.zeros(len(wanted), dtype=np.int64)
            return nowhere, nowhere
        at = np.searchsorted(self.terms, wanted)
        at = np.minimum(at, len(self.terms) - 1)
        hit = self.terms[at] == wanted
        starts = np.where(hit, self.offsets[at], 0)
        return starts, np.where(hit, self.offsets[at + 1], 0)


def build(texts: Sequence[Text], context_weight: float) -> Segment:
    """Index folded texts; words of the context count `context_weight` times."""
    versions = tuple(dict.fromkeys(text.version for text in texts))
    place = {version: number for number, version in enumerate(versions)}
    body, body_owner = terms_of_all([text.body for text in texts])
    around, around_owner = terms_of_all([text.context for text in texts])
    terms = np.concatenate([body, around])
    owners = np.concatenate([body_owner, around_owner])
    weights = np.concatenate(
        [np.ones(len(body), np.float32), np.full(len(around), context_weight, np.float32)]
    )
    lengths = np.bincount(body_owner, minlength=len(texts)).astype(np.float32)
    order = np.lexsort((owners, terms))
    terms, owners, weights = terms[order], owners[order], weights[order]
    first = np.ones(len(terms), dtype=bool)
    first[1:] = (terms[1:] != terms[:-1]) | (owners[1:] != owners[:-1])
    starts = np.flatnonzero(first)
    counts = np.add.reduceat(weights, starts) if len(starts) else weights
    return _segment(
        versions, terms[starts], owners[starts], _in_eighths(counts), lengths,
        np.array([place[t.version] for t in texts], np.int32),
        np.array([t.number for t in texts], np.int32),
    )  # fmt: skip


def _in_eighths(counts: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.clip(np.rint(counts * _EIGHTHS), 1, 255).astype(np.uint8)


def counts_of(segment: Segment, part: slice) -> NDArray[np.float32]:
    return segment.counts[part].astype(np.float32) / np.float32(_EIGHTHS)


def _segment(
    versions: tuple[str, ...],
    terms: NDArray[np.uint64],
    posts: NDArray[np.int32],
    counts: NDArray[np.uint8],
    *rest: Any,
) -> Segment:
    """A segment of postings that are sorted by term."""
    first = np.ones(len(terms), dtype=bool)
    first[1:] = terms[1:] != terms[:-1]
    starts = np.flatnonzero(first)
    offsets = np.append(starts, len(terms)).astype(np.int64)
    return Segment(versions, terms[starts], offsets, posts.astype(np.int32), counts, *rest)


def merge(segments: Sequence[Segment], dead: Iterable[str] = ()) -> Segment:
    """One segment of many, without the versions that are no longer wanted."""
    gone = set(dead)
    versions = tuple(dict.fromkeys(v for s in segments for v in s.versions if v not in gone))
    place = {version: number for number, version in enumerate(versions)}
    parts: list[tuple[NDArray[Any], ...]] = []
    base = 0
    for segment in segments:
        moved = np.array([place.get(v, -1) for v in segment.versions], np.int32)
        owner = moved[segment.owner]
        kept = owner >= 0
        new_place = (np.cumsum(kept) - 1 + base).astype(np.int32)
        terms = np.repeat(segment.terms, np.diff(segment.offsets))
        alive = kept[segment.posts]
        parts.append((
            terms[alive], new_place[segment.posts[alive]], segment.counts[alive],
            segment.lengths[kept], owner[kept], segment.number[kept],
        ))  # fmt: skip
        base += int(kept.sum())
    terms, posts, counts, lengths, owner, number = (
        np.concatenate(arrays) for arrays in zip(*parts, strict=True)
    )
    order = np.argsort(terms, kind="stable")
    return _segment(versions, terms[order], posts[order], counts[order], lengths, owner, number)


def save(segment: Segment, folder: Path) -> None:
    """Write a segment; it is there only when its folder has its name."""
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name in _ARRAYS:
        np.save(part / f"{name}.npy", getattr(segment, name))
    versions = list(segment.versions)
    about = {"versions": versions, "sums": _sums(part, versions)}
    (part / _ABOUT).write_text(json.dumps(about), "utf-8")
    part.rename(folder)


def load(folder: Path) -> Segment:
    """Open a segment without reading it: its arrays stay on disk until they are asked for."""
    versions = tuple(json.loads((folder / _ABOUT).read_text("utf-8"))["versions"])
    arrays = (np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _ARRAYS)
    return Segment(versions, *arrays)


def is_sound(folder: Path) -> bool:
    """Whether every byte is still the one that was written."""
    try:
        about = json.loads((folder / _ABOUT).read_text("utf-8"))
        return bool(about["sums"] == _sums(folder, about["versions"]))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _sums(folder: Path, versions: list[str]) -> dict[str, int]:
    sums = {name: zlib.crc32((folder / f"{name}.npy").read_bytes()) for name in _ARRAYS}
    return {**sums, "versions": zlib.crc32("\n".join(versions).encode())}
