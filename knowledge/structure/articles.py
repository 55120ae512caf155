"""Articles that a file has run together in one line, taken apart where they count on."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from knowledge.document import Span
from knowledge.source import Block, Role
from knowledge.structure.ladder import is_article, ordinal, rung_of
from knowledge.structure.placing import Places

_ARTICLE: Final = re.compile(
    r"(?<=[。；：）”]) ?(?=第[〇零一二三四五六七八九十百千0-9]{1,7}[条條][ \u3000])"
)


def articles_apart(blocks: Sequence[Block], places: Places) -> list[Block]:
    """Each article of its own, when the number that is due next stands inside a line."""
    apart: list[Block] = []
    last = 0
    for block in blocks:
        rung = rung_of(block.text)
        if rung is not None and is_article(rung):
            last = ordinal(rung)
        if block.role is not Role.TEXT or not last:
            apart.append(block)
            continue
        starts: list[int] = []
        for found in _ARTICLE.finditer(block.text):
            inner = rung_of(block.text[found.end() : found.end() + 12])
            if inner is not None and ordinal(inner) == last + 1:
                starts.append(found.end())
                last += 1
        apart += _cut(block, starts, places) if starts else [block]
    return apart


def _cut(block: Block, starts: Sequence[int], places: Places) -> list[Block]:
    pieces: list[Block] = []
    at = block.span.start
    for a, b in pairwise([0, *starts, len(block.text)]):
        text = block.text[a:b].strip()
        letters = sum(sign.isalnum() for sign in text)
        rest = Span(at, block.span.end)
        end = places.after(letters, rest) if b < len(block.text) else block.span.end
        pieces.append(replace(block, text=text, span=Span(at, end), gap=1))
        at = end
    return pieces
