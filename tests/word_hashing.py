"""Embedders for tests: a text is the bag of its characters, hashed into a few dimensions."""

import zlib
from collections.abc import Sequence

import numpy as np

from retrieval.embedding import Vectors, unit_rows


class WordHashing:
    """Texts that share characters are near; `seed` makes it another model."""

    def __init__(self, seed: int = 0, dimensions: int = 64) -> None:
        self.name = f"word-hashing-{seed}"
        self.dimensions = dimensions
        self._seed = seed

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:  # noqa: ARG002
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for letter in text:
                row[zlib.crc32(f"{self._seed}{letter}".encode()) % self.dimensions] += 1
        return unit_rows(vectors)
