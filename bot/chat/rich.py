"""Marked text as people write it in modules and wordings, made into spans."""

import re
from typing import Final

from bot.speech import Span, Style, Text

_BOLD: Final = re.compile(r"\*\*(.+?)\*\*", re.S)
_BULLET: Final = re.compile(r"(?m)^[-*] ")


def rich(marked: str) -> Text:
    """`**bold**` and `- ` lists; everything else stays as it is."""
    spans: list[Span] = []
    at = 0
    bulleted = _BULLET.sub("• ", marked)
    for found in _BOLD.finditer(bulleted):
        spans.append(Span(bulleted[at : found.start()]))
        spans.append(Span(found[1], Style.BOLD))
        at = found.end()
    spans.append(Span(bulleted[at:]))
    return tuple(span for span in spans if span.text)


def quoted(words: str) -> Span:
    return Span(words, Style.QUOTE)


def folded(words: str) -> Span:
    return Span(words, Style.FOLDED)
