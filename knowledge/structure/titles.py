"""What a document is called: its first heading or line, with a subtitle of years or a dash."""

import re
from collections.abc import Sequence
from typing import Final

from knowledge.source import Block, Role
from knowledge.structure.headings import Heading
from knowledge.structure.ladder import label_of, rung_of

_SUBTITLE: Final = re.compile(r"[（(][^（()）]{1,40}[)）]$|(?:——|—|－－)\S.{0,40}$")
_LINES_LOOKED_AT: Final = 6


def find_title(
    blocks: Sequence[Block], headings: Sequence[Heading | None], otherwise: str
) -> tuple[str, frozenset[int]]:
    """The title, and the blocks that hold it."""
    first = _first(blocks, headings)
    if first is None:
        return otherwise, frozenset()
    title, of_title = blocks[first].text, {first}
    after = first + 1
    if after < len(blocks) and _SUBTITLE.match(blocks[after].text) and len(title) < 80:
        title, of_title = title + blocks[after].text, of_title | {after}
    return title, frozenset(of_title)


def _first(blocks: Sequence[Block], headings: Sequence[Heading | None]) -> int | None:
    top = min((b.level for b in blocks if b.role is Role.HEADING), default=0)
    for number, block in enumerate(blocks[:_LINES_LOOKED_AT]):
        if block.role is Role.HEADING:
            named = rung_of(block.text) or label_of(block.text)
            return None if named or block.level > top else number
        if len(block.text) > 60:
            return None
        if not top and number == 0:
            return number if _looks_like_title(block, headings[number]) else None
    return None


def _looks_like_title(block: Block, heading: Heading | None) -> bool:
    if block.role is not Role.TEXT or rung_of(block.text):
        return False
    if heading is not None and heading.kind != "plain":
        return False
    return 2 <= len(block.text) <= 60 and not re.search(r"[。；，,;：:]$", block.text)
