"""Both languages: every text is there in both, and in the language that it says."""

import re
from collections.abc import Iterator
from typing import Final

from training_modules.checking.texts import Said, at_said, texts_of
from training_modules.fault import Fault
from training_modules.module import Module

_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_ENGLISH_WORD: Final = re.compile(r"(?<![A-Za-z])[a-z]{4,}(?![A-Za-z])")
_LONG: Final = frozenset(
    {"title", "objective", "card", "prompt", "task", "feedback", "explanation"}
)


def both_languages(module: Module) -> Iterator[Fault]:
    for said in texts_of(module):
        for language in ("zh", "en"):
            if not said.text.of(language).strip():
                yield at_said(module, "text.missing", said, code=language)
        yield from _wrong_language(module, said)
        for language in ("zh", "en"):
            if said.text.of(language).count("**") % 2:
                yield at_said(module, "bold.open", said, code=language)


def _wrong_language(module: Module, said: Said) -> Iterator[Fault]:
    """A short option may be a number or a name in both languages; a sentence may not."""
    zh, en = said.text.zh, said.text.en
    if zh and not _CHINESE.search(zh) and (said.kind in _LONG or _ENGLISH_WORD.search(zh)):
        yield at_said(module, "text.not_chinese", said)
    if en and len(_CHINESE.findall(en)) > len(_LATIN.findall(en)):
        yield at_said(module, "text.not_english", said)
