"""Where training starts: rare pieces long, neighbours alike, words beside their translations."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from benchmarks.embedding_alignment import translations
from benchmarks.embedding_pairs import Pieces, Sampler

Rows = NDArray[np.float32]
_LENGTH: Final = 0.1
_NEIGHBOUR_DIMENSIONS: Final = 160
_NEIGHBOUR_LENGTH: Final = 0.6
_REACH: Final = 4
_OWN: Final = 0.3
_TRANSLATED: Final = 1.5


def first_rows(tokenizer: Tokenizer, sampler: Sampler, dimensions: int) -> Rows:
    numbers = np.random.default_rng(sampler.seed)
    size = tokenizer.get_vocab_size()
    lengths = rarity(sampler.prose(), size)[:, None] * _LENGTH
    directions = numbers.standard_normal((size, dimensions - _NEIGHBOUR_DIMENSIONS))
    alike = neighbours(sampler.everything(), size) * _NEIGHBOUR_LENGTH
    rows = np.hstack([directions / dimensions**0.5, alike]) * lengths
    return beside_translations(rows, tokenizer, sampler.translated()).astype(np.float32)


def rarity(passages: Sequence[Pieces], size: int) -> NDArray[np.float64]:
    """How much it says that a piece is there; one on average."""
    held = np.zeros(size)
    for passage in passages:
        held[np.unique(passage)] += 1
    weights = np.log(1 + (len(passages) - held + 0.5) / (held + 0.5))
    return np.asarray(weights / weights.mean())


def neighbours(passages: Sequence[Pieces], size: int) -> NDArray[np.float64]:
    """Directions that are alike for pieces found in like company."""
    near = [(p[:-step], p[step:]) for p in passages for step in range(1, _REACH + 1)]
    left, right = (np.concatenate([pair[side] for pair in near]) for side in (0, 1))
    together = sparse.coo_matrix((np.ones(len(left), np.float32), (left, right)), (size, size))
    together = (together + together.T).tocoo()
    often = np.asarray(together.sum(axis=1)).ravel()
    chance = often**0.75 / (often**0.75).sum()
    expected = often[together.row] * chance[together.col]
    surprise = np.log(np.maximum(together.data / expected, 1))
    table = sparse.csr_matrix((surprise, (together.row, together.col)), (size, size))
    left_vectors, values, _ = randomized_svd(table, _NEIGHBOUR_DIMENSIONS, n_iter=4, random_state=0)
    vectors = left_vectors * values**0.5
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


def beside_translations(
    rows: NDArray[np.float64], tokenizer: Tokenizer, pairs: Sequence[tuple[Pieces, Pieces]]
) -> NDArray[np.float64]:
    """English pieces move to where the Chinese ones are that translate them."""
    english, chinese, shares = translations(pairs, len(rows))
    latin = np.zeros(len(rows), dtype=bool)
    latin[[n for piece, n in tokenizer.get_vocab().items() if piece[0].isascii()]] = True
    latin[[n for piece, n in tokenizer.get_vocab().items() if piece.isdecimal()]] = False
    english, chinese, shares = (part[latin[english]] for part in (english, chinese, shares))
    moved = np.zeros_like(rows)
    np.add.at(moved, english, rows[chinese] * shares[:, None])
    found = moved.any(axis=1)
    rows[found] = _OWN * rows[found] + _TRANSLATED * moved[found]
    return rows
