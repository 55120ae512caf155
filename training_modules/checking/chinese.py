"""Marks and characters: full-width in Chinese, half-width in English, Simplified throughout."""

import re
from collections.abc import Iterator
from typing import Final

from retrieval.folding import fold
from training_modules.checking.texts import at_said, texts_of
from training_modules.fault import Fault
from training_modules.module import Module

_RUN: Final = re.compile(r"[\u3400-\u9fff]+")
_HALF: Final = re.compile(
    r"(?<=[\u3400-\u9fff])\s*[,;:!?\"()]|[,;:!?\"()]\s*(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\.(?![\w.])"
)
_FULL_LETTER: Final = re.compile(r"[０-９Ａ-Ｚａ-ｚ％]")
_FULL_MARK: Final = re.compile(
    r"(?<=[A-Za-z0-9])[，。；：？！（）]|[，。；：？！（）](?=[A-Za-z0-9])"
)
# `fold` writes these as digits where they count or order.
_NUMERALS: Final = frozenset("零〇一二三四五六七八九十百千两")


def marks(module: Module) -> Iterator[Fault]:
    for said in texts_of(module):
        half = _HALF.search(said.text.zh)
        if half:
            yield at_said(module, "marks.half", said, near=_near(said.text.zh, half))
        full = _FULL_LETTER.search(said.text.zh)
        if full:
            yield at_said(module, "letters.full", said, near=_near(said.text.zh, full))
        wide = _FULL_MARK.search(said.text.en)
        if wide:
            yield at_said(module, "marks.full", said, near=_near(said.text.en, wide))


def simplified(module: Module) -> Iterator[Fault]:
    for said in texts_of(module):
        found = traditional_in(said.text.zh)
        if found:
            yield at_said(module, "text.traditional", said, characters="、".join(found))


def traditional_in(text: str) -> list[str]:
    """Characters that Simplified Chinese writes otherwise, in their order."""
    found: dict[str, None] = {}
    for run in _RUN.findall(text):
        folded = fold(run)
        pairs = zip(run, folded, strict=True) if len(run) == len(folded) else _singly(run)
        found |= dict.fromkeys(a for a, b in pairs if a != b and a not in _NUMERALS)
    return list(found)


def _singly(run: str) -> Iterator[tuple[str, str]]:
    return ((character, fold(character)) for character in run)


def _near(text: str, found: re.Match[str]) -> str:
    return text[max(found.start() - 6, 0) : found.end() + 6].replace("\n", " ")
