"""Embeddings: the port, and the shipped static model read with numpy alone."""

import hashlib
import json
import mmap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from foundation.errors import ModelUnavailable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

SHIPPED: Final = Path(__file__).resolve().parent / "model"
_TOGETHER: Final = 128
_TYPES: Final = {"I8": np.int8, "F16": np.float16, "F32": np.float32}


class Embedder(Protocol):
    """Turns texts into rows of length one; a text that says nothing to it is a row of zeros."""

    @property
    def name(self) -> str:
        """Names the model and its weights: another name means other vectors."""

    @property
    def dimensions(self) -> int: ...

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors: ...


def open_embedder(name: str | None) -> Embedder:
    """The shipped model, or any sentence-transformers name or folder."""
    if name is None:
        return StaticEmbedder(SHIPPED)
    from retrieval.transformer_embedding import TransformerEmbedder

    return TransformerEmbedder(name)


class StaticEmbedder:
    """A sentence-transformers static model: the mean of the vectors of a text's pieces."""

    def __init__(self, folder: Path) -> None:
        weights, pieces = folder / "model.safetensors", folder / "tokenizer.json"
        try:
            tensors = _tensors(weights)
            self._rows, self._scales = tensors["embeddings"], tensors["weights"]
            self._tokenizer = _tokenizer(pieces)
            self.name = f"{folder.name}-{_digest(weights, pieces)}"
        except (OSError, ValueError, KeyError) as error:
            message = f"The embedding model in {folder} is missing or damaged; fetch it again."
            raise ModelUnavailable(message) from error
        self.dimensions = int(self._rows.shape[1])

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:  # noqa: ARG002
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _TOGETHER):
            some = well_formed(texts[start : start + _TOGETHER])
            encoded = self._tokenizer.encode_batch_fast(some, add_special_tokens=False)
            vectors[start : start + _TOGETHER] = self._sums([piece.ids for piece in encoded])
        return unit_rows(vectors)

    def _sums(self, pieces: Sequence[Sequence[int]]) -> Vectors:
        lengths = np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces))
        flat = np.fromiter((i for ids in pieces for i in ids), np.int64, count=lengths.sum())
        used, place = np.unique(flat, return_inverse=True)
        cells = np.repeat(np.arange(len(pieces)), lengths) * len(used) + place
        counts = np.bincount(cells, minlength=len(pieces) * len(used)).astype(np.float32)
        table = self._rows[used].astype(np.float32) * self._scales[used, None]
        sums: Vectors = counts.reshape(len(pieces), len(used)) @ table
        return sums


def well_formed(texts: Sequence[str]) -> list[str]:
    """Without halves of characters, which no tokenizer takes."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def unit_rows(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    unit: Vectors = vectors / lengths
    return unit


def _tokenizer(path: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    return Tokenizer.from_buffer(path.read_bytes())


def _tensors(path: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a safetensors file, left on disk until they are read."""
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = 8 + int.from_bytes(content[:8], "little")
    return dict(_named(content, json.loads(content[8:start]), start))


def _named(
    content: mmap.mmap, header: dict[str, Any], start: int
) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, entry in header.items():
        if name != "__metadata__":
            kind, shape = _TYPES[entry["dtype"]], entry["shape"]
            first = start + entry["data_offsets"][0]
            count = int(np.prod(shape))
            yield name, np.frombuffer(content, kind, count, first).reshape(shape)


def _digest(*paths: Path) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
