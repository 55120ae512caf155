"""Contents pages: found by leaders, or because their lines come again as headings."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from knowledge.source import Block
from knowledge.structure.ladder import Rung, rung_of
from knowledge.structure.writing import bare

_LEADERS: Final = re.compile(r"(?:[.．…·•]\s?){3,}[\s|]*\d{0,4}\s*$")
_NAME: Final = re.compile(r"\s*(?:目\s*[录錄次]|CONTENTS|Contents|Table of Contents)\s*[:：]?\s*$")
_PAGE: Final = re.compile(r"(?<=..\S)[\s|.．…·•]+\d{0,4}\s*$", re.S)
_CHAPTER: Final = re.compile(r"第[〇零一二三四五六七八九十百0-9]+[编編章节節部篇]")
_LOOKED_AT: Final = 200
_LONGEST: Final = 300
_LONGEST_ENTRY: Final = 60
_FEWEST_LEADERS: Final = 4
_WIDEST_GAP: Final = 12
_FEWEST_ENTRIES: Final = 3
_ENOUGH: Final = 0.6


class Contents(NamedTuple):
    """The blocks that are contents, and the titles that they list, each with its rung."""

    blocks: frozenset[int]
    listed: Mapping[str, Rung | None]


def find_contents(blocks: Sequence[Block]) -> Contents:
    """The contents of a document, if it has any."""
    named = next((n for n, b in enumerate(blocks[:_LOOKED_AT]) if _NAME.match(b.text)), None)
    found = (
        _led(blocks, named)
        or (_repeated(blocks, named + 1) if named is not None else range(0))
        or _unnamed(blocks)
    )
    if not found:
        return Contents(frozenset(), {})
    entries = [_title(blocks[n].text) for n in found if n != named]
    first = named if named is not None and named < found.start else found.start
    return Contents(frozenset(range(first, found.stop)), _listed(entries))


def _led(blocks: Sequence[Block], named: int | None) -> range:
    """From the word 目录, or the first line with leaders, to the last line with leaders."""
    led = [n for n, b in enumerate(blocks) if _LEADERS.search(b.text) and n > (named or -1)]
    if not led or (named is None and len(led) < _FEWEST_LEADERS):
        return range(0)
    last = led[0]
    for number in led:
        # Leaders far below stand in a form to fill in, not in the contents.
        if number - last > _WIDEST_GAP:
            break
        last = number
    first = led[0] if named is None else named + 1
    return range(first, last + 1 + _tail(blocks, last))


def _tail(blocks: Sequence[Block], last: int) -> int:
    """A contents line without leaders after the last one with them ends in its page number."""
    more = 0
    for block in blocks[last + 1 : last + 4]:
        if not re.search(r"[^\d.]\s*\d{1,3}$", block.text) or len(block.text) > _LONGEST_ENTRY:
            break
        more += 1
    return more


def _repeated(blocks: Sequence[Block], first: int) -> range:
    """Contents without leaders: they end where one of their first lines comes again."""
    titles = [_title(block.text) for block in blocks[first:]]
    for start, title in enumerate(titles[:_FEWEST_ENTRIES]):
        again = next((n for n in range(start + 1, len(titles)) if titles[n] == title), None)
        if again is None or not _FEWEST_ENTRIES <= again <= _LONGEST:
            continue
        entries = titles[:again]
        if max(map(len, entries)) <= _LONGEST_ENTRY and _come_again(entries, titles[again:]):
            return range(first, first + again)
    return range(0)


def _unnamed(blocks: Sequence[Block]) -> range:
    """Chapters with no text between them, above the same chapters with their text."""
    first = next((n for n, b in enumerate(blocks[:_LOOKED_AT]) if _CHAPTER.match(b.text)), None)
    if first is None:
        return range(0)
    last = first
    while last < len(blocks) and _CHAPTER.match(blocks[last].text):
        last += 1
    parts = _chapters(blocks[first].text)
    if last - first < _FEWEST_ENTRIES and len(parts) < _FEWEST_ENTRIES:
        return range(0)
    again = _repeated(blocks, first)
    if again and again.stop <= last:
        return again
    below = [_title(block.text) for block in blocks[last:]]
    if len(parts) >= _FEWEST_ENTRIES:
        run_together = _come_again([_title(part) for part in parts], below)
        return range(first, first + 1) if run_together else range(0)
    # The chapters below may have lost their numbers.
    names = [_CHAPTER.sub("", _title(block.text), count=1) for block in blocks[first:last]]
    return range(first, last) if _come_again(names, below) else range(0)


def _chapters(text: str) -> list[str]:
    starts = [found.start() for found in _CHAPTER.finditer(text)]
    return [text[a:b] for a, b in pairwise([*starts, len(text)])]


def _come_again(entries: Sequence[str], below: Sequence[str]) -> bool:
    again = set(below)
    return sum(entry in again for entry in entries) >= _ENOUGH * len(entries)


def _title(text: str) -> str:
    """An entry without leaders and page number."""
    return bare(_PAGE.sub("", text)) or bare(text)


def _listed(entries: Sequence[str]) -> Mapping[str, Rung | None]:
    """The titles, whole, and those of chapters also without their number."""
    listed: dict[str, Rung | None] = {}
    for entry in entries:
        rung = rung_of(entry)
        listed[entry] = rung
        number = _CHAPTER.match(entry)
        if number and number.end() < len(entry):
            listed[entry[number.end() :]] = rung_of(f"{number.group()} ")
    return listed
