"""Footnotes: which numbered lines explain the marks that stand in tables and text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from knowledge.source import Block, Role

_LEAD_IN: Final = re.compile(r"(?:指标|数据|有关)?(?:说明|注释?|备注|脚注|Notes?|NOTES?)\s*[:：]?$")
_SINGLE: Final = re.compile(r"(?:注释?|备注|说明|Note)\s*[:：]\s*\S")
_NUMBER: Final = re.compile(
    r"(?:[\[［(（]\s*)?(\d{1,3}|[①-⑳]|[*†]+)\s*(?:[\]］)）]|[.．、](?!\d)|(?=\s))\s*"
)


def mark_notes(blocks: Sequence[Block]) -> list[Block]:
    """The numbered lines under 说明： become notes where marks above call for them."""
    marked = list(blocks)
    called: set[str] = set()
    inside = False
    for number, block in enumerate(blocks):
        called |= set(block.marks)
        if block.role in (Role.HEADING, Role.ROW):
            inside = False
        elif _LEAD_IN.match(block.text):
            inside = bool(called)
        elif _follows_table(blocks, number) and _SINGLE.match(block.text):
            marked[number] = replace(block, role=Role.NOTE)
        elif inside and block.role in (Role.TEXT, Role.ITEM):
            key = note_key(block.text)
            inside = key in called
            if inside:
                marked[number] = replace(block, role=Role.NOTE, marks=(key,))
    return marked


def note_key(text: str) -> str:
    """The number a note goes by: 5 for “5. 文献资源总量是指…”."""
    found = _NUMBER.match(text)
    if not found:
        return ""
    sign = found[1]
    return str(ord(sign) - 0x245F) if "①" <= sign <= "⑳" else sign


def _follows_table(blocks: Sequence[Block], number: int) -> bool:
    return number > 0 and blocks[number - 1].role in (Role.ROW, Role.NOTE)
