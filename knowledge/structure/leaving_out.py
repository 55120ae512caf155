"""What is no part of a text: contents pages, page numbers, running heads; reported by rule."""

import re
from collections.abc import Sequence
from typing import Final

from knowledge.document import Drop
from knowledge.source import Block, Role

_PAGE_NUMBER: Final = re.compile(
    r"[-–—·\s]*(?:(?:第|Page)\s*)?\d{1,4}(?:\s*[页頁])?"
    r"(?:\s*(?:[,，/]?\s*共|of|/)\s*\d+(?:\s*[页頁])?)?[-–—·\s]*$"
)


def leave_out(blocks: Sequence[Block], contents: frozenset[int]) -> tuple[list[Block], list[Drop]]:
    """The blocks that are text, and a report of the rest."""
    kept: list[Block] = []
    drops: list[Drop] = []
    for number, block in enumerate(blocks):
        rule = block.rule or ("contents page" if number in contents else "")
        if not rule and _is_page_number(blocks, number):
            rule = "page number"
        if rule:
            drops.append(Drop(rule, block.span))
        else:
            kept.append(block)
    return kept, drops


def _is_page_number(blocks: Sequence[Block], number: int) -> bool:
    block = blocks[number]
    if block.role is not Role.TEXT or not _PAGE_NUMBER.match(block.text):
        return False
    dressed = not block.text.strip().isdigit()
    at_end = number in (0, len(blocks) - 1)
    return dressed or at_end or _between_halves(blocks, number)


def _between_halves(blocks: Sequence[Block], number: int) -> bool:
    """A bare number that cuts a sentence in two is the number of a page."""
    before, after = blocks[number - 1], blocks[number + 1]
    ended = re.search(r"[。！？；：.!?;:]$", before.text)
    return before.role is Role.TEXT and after.role is Role.TEXT and not ended
