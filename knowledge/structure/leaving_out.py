"""What is no part of a text: contents pages, page numbers, running heads; reported by rule."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from knowledge.document import Drop
from knowledge.source import Block, Role

_LEADERS: Final = re.compile(r"(?:[.．…·•]\s?){3,}[\s|]*\d{0,4}\s*$")
_CONTENTS: Final = re.compile(r"\s*(?:目\s*[录錄次]|CONTENTS|Contents|Table of Contents)\s*$")
_LONGEST_CONTENTS: Final = 300
_PAGE_NUMBER: Final = re.compile(
    r"[-–—·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[,，/]?\s*共\s*\d+\s*页)?[-–—·\s]*$"
)


def leave_out(blocks: Sequence[Block]) -> tuple[list[Block], list[Drop]]:
    """The blocks that are text, and a report of the rest."""
    contents = _contents(blocks)
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


def _contents(blocks: Sequence[Block]) -> set[int]:
    """From the word 目录, or the first line with leaders, to the last line with leaders."""
    led = [n for n, b in enumerate(blocks) if _LEADERS.search(b.text)]
    named = next((n for n, b in enumerate(blocks[:200]) if _CONTENTS.match(b.text)), None)
    if named is None and len(led) < 4:
        return set()
    if named is not None:
        led = [n for n in led if n > named]
        if not led:
            return {named} | _bare_contents(blocks, named)
    last = led[0]
    for number in led:
        # Leaders far below stand in a form to fill in, not in the contents.
        if number - last > 12:
            break
        last = number
    first = named if named is not None else led[0]
    return set(range(first, last + 1 + _tail(blocks, last)))


def _tail(blocks: Sequence[Block], last: int) -> int:
    """A contents line without leaders after the last one with them ends in its page number."""
    more = 0
    for block in blocks[last + 1 : last + 4]:
        if not re.search(r"[^\d.]\s*\d{1,3}$", block.text) or len(block.text) > 60:
            break
        more += 1
    return more


def _bare_contents(blocks: Sequence[Block], named: int) -> set[int]:
    """Contents without leaders: each line comes again below as it stands, so nothing is lost."""
    texts = [_bare(block.text) for block in blocks[named + 1 : named + _LONGEST_CONTENTS]]
    counts = Counter(_bare(block.text) for block in blocks[named + 1 :])
    seen: set[str] = set()
    for text in texts:
        if counts[text] < 2 or text in seen:
            break
        seen.add(text)
    return set(range(named + 1, named + 1 + len(seen)))


def _bare(text: str) -> str:
    return re.sub(r"[\s\d]*$", "", re.sub(r"\s", "", text))


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
