"""Whether a model's whole question says what the turns said: their names and years, no others."""

import re
from collections.abc import Sequence
from typing import Final

from retrieval.claims.cleaning import plain
from retrieval.claims.figures import figures
from retrieval.folding import fold, letters
from retrieval.gate import places
from retrieval.question import core_of
from retrieval.small_talk import kind_of_talk

_LONGEST: Final = 300
_TITLE: Final = re.compile(r"《([^《》]{1,80})》")
_LATIN: Final = re.compile(r"[a-z][a-z0-9]+")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_NEW_WORDS: Final = 0.25


def whole_question(turns: Sequence[str], said: object) -> str | None:
    """The question as the model put it, when it keeps to what was said; else None."""
    if not isinstance(said, str) or not turns:
        return None
    text = plain(said)
    if not letters(text) or len(text) > _LONGEST or kind_of_talk(text) is not None:
        return None
    if bool(_HAN.search(text)) != bool(_HAN.search(turns[-1])):
        return None
    return text if _adds_nothing(turns, text) and _keeps(turns, text) else None


def _adds_nothing(turns: Sequence[str], text: str) -> bool:
    before = "\n".join(turns)
    known = {figure.value for figure in figures(before)}
    if any(figure.value not in known for figure in figures(text)):
        return False
    if any(not _named(text, kind) <= _named(before, kind) for kind in range(len(_KINDS))):
        return False
    return _new_share(before, text) <= _NEW_WORDS


def _keeps(turns: Sequence[str], text: str) -> bool:
    """Names and years of the last turn stand; those before it too, unless it gave others."""
    for kind in range(len(_KINDS)):
        last, earlier = _named(turns[-1], kind), [_named(turn, kind) for turn in turns[:-1]]
        wanted = last or next((found for found in reversed(earlier) if found), set())
        if not wanted <= _named(text, kind):
            return False
    return True


def _titles(folded: str) -> set[str]:
    return {letters(title) for title in _TITLE.findall(folded)}


def _places(folded: str) -> set[str]:
    return {name for name in places() if name in folded}


def _latin(folded: str) -> set[str]:
    """Latin words of a Chinese question, which are names there."""
    return set(_LATIN.findall(folded)) if _HAN.search(folded) else set()


def _years(folded: str) -> set[str]:
    return set(_YEAR.findall(folded))


_KINDS: Final = (_titles, _places, _latin, _years)


def _named(text: str, kind: int) -> set[str]:
    return _KINDS[kind](fold(text))


def _new_share(before: str, text: str) -> float:
    """The share of what a question asks about that was never said."""
    language = "zh" if _HAN.search(text) else "en"
    asked, known = core_of(fold(text), language), core_of(fold(before), language)
    parts = set(re.sub(r"[\W的]", "", asked)) if language == "zh" else set(asked.split())
    held = set(known) if language == "zh" else set(known.split())
    return len(parts - held) / len(parts) if parts else 0.0
