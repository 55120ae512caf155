"""The vector index as a plain list with dot products: what Chroma is held against."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from retrieval.embedding import Embedder, Vectors
from retrieval.lexical import Found
from retrieval.segment import Text


@dataclass
class ListedVectors:
    embedder: Embedder
    rows: list[tuple[str, int, Vectors]] = field(default_factory=list)

    def put(self, texts: Sequence[Text]) -> None:
        there = self.versions()
        fresh = [text for text in texts if text.version not in there]
        vectors = self.embedder.embed([text.body + "\n" + text.context for text in fresh])
        self.rows += [(t.version, t.number, v) for t, v in zip(fresh, vectors, strict=True)]

    def remove(self, versions: Iterable[str]) -> None:
        gone = set(versions)
        self.rows = [row for row in self.rows if row[0] not in gone]

    def versions(self) -> set[str]:
        return {version for version, _, _ in self.rows}

    def search(self, vector: Vectors, k: int, live: Collection[str] | None = None) -> list[Found]:
        among = [row for row in self.rows if live is None or row[0] in live]
        if not np.any(vector):
            return []
        found = [Found(version, n, float(row @ vector)) for version, n, row in among]
        return sorted(found, key=lambda f: -f.score)[:k]
