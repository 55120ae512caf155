"""Text files whose lines were broken at a fixed width, where a line end means nothing."""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from knowledge.source import Block, Role
from knowledge.structure.writing import width_of

_ENDED: Final = re.compile(r"[。！？!?；;：:.…]['\"”’）)\]］】]*$")
_SHORT: Final = 8
_FEWEST: Final = 12
_WIDEST: Final = 110
_MOST: Final = 0.6


def mark_wrapped(blocks: Sequence[Block]) -> list[Block]:
    """Mark the lines of a text most of which are as long as the others and end nowhere."""
    lines = [block for block in blocks if block.role is Role.TEXT]
    inner = [block for block in lines if len(block.text) > _SHORT]
    if len(inner) < _FEWEST:
        return list(blocks)
    open_ended = sum(not _ENDED.search(block.text) for block in inner)
    if open_ended < _MOST * len(inner):
        return list(blocks)
    widths = [width_of(block.text) for block in inner]
    middle = median(widths)
    near = sum(abs(width - middle) <= max(4, middle * 0.15) for width in widths)
    if middle > _WIDEST or near < _MOST * len(lines):
        return list(blocks)
    return [replace(b, wrapped=True) if b.role is Role.TEXT else b for b in blocks]
