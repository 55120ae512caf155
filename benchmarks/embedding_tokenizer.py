"""The tokenizer of the shipped embedding model: it folds text itself, then cuts it into pieces."""

import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import opencc
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

CJK: Final = r"\x{3400}-\x{4dbf}\x{4e00}-\x{9fff}\x{f900}-\x{faff}\x{20000}-\x{3134f}"
WORDS: Final = rf"[{CJK}]+|[^\W\d_{CJK}]+|\d+"
"""Runs of ideographs, of other letters, of digits; everything else is left out."""
_TO_SIMPLIFIED: Final = (range(0x3400, 0xA000), range(0x20000, 0x31350))
_LEAF: Final = 1 << 31


def train_tokenizer(texts: Iterable[str], *, size: int) -> Tokenizer:
    """Byte-pair pieces of words, learnt from texts that are folded on the way in."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = folding()
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(WORDS), "removed", invert=True)
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        min_frequency=3,
        limit_alphabet=7000,
        max_token_length=12,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def folding() -> normalizers.Normalizer:
    """NFKC, lower case, and character by character what OpenCC and casefolding change."""
    return normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Precompiled(character_map(dict(_changed_characters()))),
        ]
    )


def _changed_characters() -> Iterator[tuple[str, str]]:
    converter = opencc.OpenCC("t2s")
    for block in _TO_SIMPLIFIED:
        for code in block:
            simplified = converter.convert(chr(code))
            if simplified != chr(code):
                yield chr(code), simplified
    for code in range(0x80, 0x1F000):
        lower = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(lower) == 1 and lower.casefold() != lower:
            yield lower, lower.casefold()


def character_map(changes: Mapping[str, str]) -> bytes:
    """Replacements in SentencePiece's form: a double-array trie, then the replacing texts."""
    texts, root = bytearray(), {}
    for source, target in changes.items():
        node = root
        for byte in source.encode():
            node = node.setdefault(byte, {})
        node[0] = len(texts)
        texts += target.encode() + b"\0"
    units = _double_array(root)
    return struct.pack(f"<I{len(units)}I", 4 * len(units), *units) + bytes(texts)


def _double_array(root: dict) -> list[int]:
    units: dict[int, int] = {0: 0}
    bases: set[int] = {0}
    waiting, lowest = [(0, root)], 1
    while waiting:
        here, node = waiting.pop()
        while lowest in units:
            lowest += 1
        first = min(node)
        base = next(
            place ^ first
            for place in range(lowest, 1 << 20)
            if place ^ first not in bases
            and not any(place ^ first ^ byte in units for byte in node)
        )
        bases.add(base)
        units[here] |= (here ^ base) << 10 | (0 in node) << 8
        for byte, child in node.items():
            units[base ^ byte] = child | _LEAF if byte == 0 else byte
        waiting += [(base ^ byte, child) for byte, child in node.items() if byte]
    return [units.get(place, 0) for place in range((max(units) | 0xFF) + 1)]
