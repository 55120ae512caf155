"""The terms of a text for matching: Chinese characters and pairs, words and numbers of the rest."""

import re
import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Terms = NDArray[np.uint64]

_WORD: Final = re.compile(
    r"\d+(?:[.,]\d+)*|[a-z\u00c0-\u024f]+(?:['’][a-z]+)?|[\u0370-\u05ff\u3040-\u30ff\uac00-\ud7af]+"
)
_HAN_LOW, _HAN_HIGH = 0x3400, 0x9FFF
_PAIR: Final = np.uint64(1 << 33)
_WORD_FLAG: Final = np.uint64(1 << 60)
_SHIFT: Final = np.uint64(16)


def terms_of(folded: str) -> Terms:
    """Every term of a folded text, with repetition, in no order that matters."""
    terms, _ = terms_of_all([folded])
    return terms


def terms_of_all(texts: Sequence[str]) -> tuple[Terms, NDArray[np.int32]]:
    """The terms of many texts at once, and for each term the number of its text."""
    joined = "\n".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter((len(t) + 1 for t in texts), dtype=np.int64, count=len(texts))
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[: len(codes)]
    han = (codes >= _HAN_LOW) & (codes <= _HAN_HIGH)
    wide = codes.astype(np.uint64)
    pairs = han[:-1] & han[1:] if len(codes) > 1 else np.zeros(0, dtype=bool)
    both = (wide[:-1] << _SHIFT) | wide[1:] | _PAIR if len(codes) > 1 else wide[:0]
    words, word_owner = _words(texts)
    found = np.concatenate([wide[han], both[pairs], words])
    return found, np.concatenate([owner[han], owner[:-1][pairs], word_owner])


def _words(texts: Sequence[str]) -> tuple[Terms, NDArray[np.int32]]:
    words: list[int] = []
    owners: list[int] = []
    for number, text in enumerate(texts):
        for word in _WORD.findall(text):
            words.append(zlib.crc32(stem(word).encode()))
            owners.append(number)
    return np.array(words, dtype=np.uint64) | _WORD_FLAG, np.array(owners, dtype=np.int32)


def stem(word: str) -> str:
    """An English plural and its singular are one term; a number keeps no thousands commas."""
    if word[0].isdigit():
        return word.replace(",", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def weight_of_kind(terms: Terms) -> NDArray[np.float32]:
    """A pair or a word says more than a single character."""
    single = terms < _PAIR
    return np.where(single, np.float32(0.6), np.float32(1.0))
