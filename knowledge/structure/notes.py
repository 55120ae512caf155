"""Footnotes: which lines explain the marks that stand in tables and text, and who calls them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from knowledge.document import Kind, Passage, Table
from knowledge.source import Block, Role

_LEAD_IN: Final = re.compile(r"(?:指标|数据|有关)?(?:说明|注释?|备注|脚注|Notes?|NOTES?)\s*[:：]?$")
_SINGLE: Final = re.compile(r"(?:注释?|备注|说明|Note)\s*[:：]\s*\S")
_NUMBER: Final = re.compile(
    r"(?:[\[［(（]\s*)?(\d{1,3}|[①-⑳]|[*†]+)\s*(?:[\]］)）]|[.．、](?!\d)|[:：]|(?=\s))\s*"
)
_DRESSED: Final = re.compile(r"[\[［]\s*\d{1,3}\s*[\]］]|[①-⑳]|注\s?\d{1,2}")


def mark_notes(blocks: Sequence[Block]) -> list[Block]:
    """The numbered lines under 说明： become notes where marks above call for them."""
    marked = list(blocks)
    called: set[str] = set()
    inside = False
    for number, block in enumerate(blocks):
        if block.role is not Role.NOTE:
            called |= set(block.marks)
        if block.role in (Role.HEADING, Role.ROW):
            inside = False
        elif _LEAD_IN.match(block.text):
            inside = bool(called)
        elif _follows_table(marked, number) and _SINGLE.match(block.text):
            marked[number] = replace(block, role=Role.NOTE)
        elif called and (inside or _DRESSED.match(block.text)) and _is_line(block):
            key = note_key(block.text)
            inside = key in called
            if inside:
                marked[number] = replace(block, role=Role.NOTE, marks=(key,))
    return marked


def note_key(text: str) -> str:
    """The number a note goes by: 5 for “5. 文献资源总量是指…”."""
    found = _NUMBER.match(text.removeprefix("注"))
    if not found:
        return ""
    sign = found[1]
    return str(ord(sign) - 0x245F) if "①" <= sign <= "⑳" else sign


def link_notes(passages: Sequence[Passage], marks: Mapping[int, tuple[str, ...]]) -> list[Passage]:
    """Each passage with the notes that its marks call: the next ones below that bear them."""
    linked: list[Passage] = []
    coming: dict[str, int] = {}
    for number in range(len(passages) - 1, -1, -1):
        passage, own = passages[number], marks.get(number, ())
        if passage.kind is Kind.NOTE:
            for key in own or (note_key(passage.text),):
                coming[key] = number
        else:
            called = tuple(dict.fromkeys(coming[mark] for mark in own if mark in coming))
            passage = replace(passage, notes=called) if called else passage
        linked.append(passage)
    return linked[::-1]


def with_notes(table: Table, passages: Sequence[Passage]) -> Table:
    """A note without a number belongs to the table right above it."""
    notes: list[int] = []
    at = max(table.rows, default=len(passages)) + 1
    while at < len(passages) and passages[at].kind is Kind.NOTE:
        if not note_key(passages[at].text):
            notes.append(at)
        at += 1
    return replace(table, notes=tuple(notes))


def _follows_table(blocks: Sequence[Block], number: int) -> bool:
    return number > 0 and blocks[number - 1].role in (Role.ROW, Role.NOTE)


def _is_line(block: Block) -> bool:
    return block.role in (Role.TEXT, Role.ITEM)
