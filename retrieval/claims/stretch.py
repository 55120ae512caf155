"""The words of a passage that a quote copies: the same letters, from word edge to word edge."""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.structure.splitting import sentences
from retrieval.folding import letters

_CLOSING: Final = re.compile(r"[%％‰℃]?[。！？；”’》）)」』…]*")
_LONGEST: Final = 200
_LATIN: Final = re.compile(r"[A-Za-z0-9０-９]{2}")
_NUMBER: Final = re.compile(r"\d[.,．]\d")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a passage: as they were copied, and the sentences of the passage they lie in."""

    text: str
    sentences: str

    @property
    def shown(self) -> str:
        """What is quoted: whole sentences, so that no 不得 is cut off, where they are not long."""
        return self.sentences if len(self.sentences) <= _LONGEST else self.text


def stretch(text: str, quote: str) -> Stretch | None:
    """What a passage writes where a quote stands; None when it stands nowhere.

    It must not begin or end within a word or a number: 50万册 does not stand in 150万册, nor
    “21” in 210.71.
    """
    wanted = letters(quote)
    spelled = [(n, letter) for n, c in enumerate(text) for letter in letters(c)]
    flat = "".join(letter for _, letter in spelled)
    at = flat.find(wanted) if wanted else -1
    while at >= 0:
        start, end = spelled[at][0], spelled[at + len(wanted) - 1][0] + 1
        if not (_within_word(text, start) or _within_word(text, end)):
            closing = _CLOSING.match(text, end)
            end = closing.end() if closing else end
            return Stretch(text[start:end].strip(), _sentences_of(text, start, end))
        at = flat.find(wanted, at + 1)
    return None


def _sentences_of(text: str, start: int, end: int) -> str:
    """The sentences of a text that a stretch of it touches."""
    touched, at = [], 0
    for sentence in sentences(text):
        if at < end and at + len(sentence) > start:
            touched.append(sentence)
        at += len(sentence)
    return "".join(touched).strip()


def _within_word(text: str, at: int) -> bool:
    """Is a place in a text inside a Latin word, or a number with its point and commas?"""
    if any(_NUMBER.fullmatch(text, n, n + 3) for n in (at - 2, at - 1) if n >= 0):
        return True
    if not _LATIN.fullmatch(text, max(at - 1, 0), at + 1):
        return False
    # 500TB may be quoted as 500; abc12 is one name.
    return not text[at - 1].isdigit() or text[at].isdigit()
