"""Related questions: what else the places of an answer are known to answer."""

import re
from collections.abc import Collection, Sequence
from typing import Any, Final

from retrieval.card_index import CardIndex
from retrieval.folding import letters

MOST: Final = 2
# What a phone shows of a button.
_LONGEST: Final = 28
_LONGEST_ENGLISH: Final = 60
# Asked by itself, “this document” is nobody's.
_POINTING: Final = re.compile(r"[这那该此本]|\b(?:this|that|these|those|it|they)\b", re.I)


def related(
    cards: CardIndex, citations: Sequence[dict[str, Any]], asked: str, language: str
) -> list[str]:
    """Questions of the cards next to what was quoted; the same ones for the same answer."""
    if not citations:
        return []
    version = citations[0]["version"]
    quoted = {c["passage"] for c in citations if c["version"] == version}
    near = sorted(
        (min(abs(anchor.passage - n) for anchor in placed.anchors for n in quoted), at)
        for at, placed in enumerate(cards.placed)
        if placed.version == version and placed.anchors
        and not quoted & {anchor.passage for anchor in placed.anchors}
    )  # fmt: skip
    found: list[str] = []
    for _, at in near:
        question = _plain(cards.placed[at].card.questions, language)
        if question and letters(question) != letters(asked) and question not in found:
            found.append(question)
        if len(found) == MOST:
            break
    return found


def _plain(questions: Collection[str], language: str) -> str:
    """The first that is short and in the language; cards begin with the formal ones."""
    longest = _LONGEST_ENGLISH if language == "en" else _LONGEST
    fit = (q for q in questions if q.isascii() == (language == "en") and len(q) <= longest)
    return next((question for question in fit if not _POINTING.search(question)), "")
