"""Lines broken at a fixed width: how wide they are, and where a paragraph ends among them."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from knowledge.source import Block, Role
from knowledge.structure.ladder import rung_of
from knowledge.structure.writing import has_han, width_of

ENDED: Final = re.compile(r"[。！？!?；;：:.…][’”\"'）)\]］】」』]*(?:［\d+］|\[\d+\])?$")
FRONT_MATTER: Final = re.compile(r"(?:摘\s*要|关键词|关键字|Abstract|ABSTRACT|Key\s?words)\s*[:：]")
_LABEL: Final = re.compile(
    r"(?:摘\s*要|关键词|关键字|Abstract|Key\s?words|联系.{1,6}|附\s*[件录注]|注|备注|说明|.{2,6})\s*[:：]"
)
_TITLES: Final = frozenset({"1 ", "1.1", "1.1.1", "章", "节", "一、", "（一）"})
_NARROWEST: Final = 40
_WIDEST: Final = 130


class Widths:
    """How wide the lines of a text usually are, by script."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        wrapped = [block for block in blocks if block.wrapped]
        self.chinese = _usual([width_of(b.text) for b in wrapped if has_han(b.text)])
        self.latin = _usual([width_of(b.text) for b in wrapped if not has_han(b.text)])
        self._column = _column(blocks)
        self._full = _full(blocks)

    def is_full(self, line: str) -> bool:
        """Does a line of Chinese stop in mid-sentence where others of its text do?"""
        return 0 < self._full - 4 <= width_of(line) and not ENDED.search(line)

    def is_soft(self, line: str, following: str) -> bool:
        """Was a line of Latin script broken only because the next word had no room in it?"""
        word = following.split(maxsplit=1)[0]
        ended = bool(ENDED.search(line))
        if not ended and following[0].islower():
            return width_of(line) >= 20
        room = width_of(line) + 1 + width_of(word) > self._column
        return self._column > 0 and room and (not ended or width_of(line) > self._column * 0.75)


def wrapped_on(before: Block, last: Block, block: Block, widths: Widths) -> bool:
    """Does this line go on where the last one, as wide as lines are here, left off?"""
    width = widths.chinese if has_han(last.text) else widths.latin
    long, ended = width_of(last.text), bool(ENDED.search(last.text))
    anew = bool(rung_of(block.text) or is_label(block.text))
    if _is_title_line(before):
        near = long >= width - 6 and width_of(block.text) < width * 0.7
        return near and not anew and not ENDED.search(block.text)
    if has_han(last.text) != has_han(block.text) and (ended or long < width / 2):
        return False
    if anew and (ended or FRONT_MATTER.match(block.text)):
        return False
    return long >= width - 4 if ended else long > width * 0.6


def is_label(text: str) -> bool:
    """地点：, 附件：, 关键词：: a line with its own name in front."""
    found = _LABEL.match(text)
    return found is not None and not re.search(r"[，。；、“”《》]", found.group())


def _is_title_line(block: Block) -> bool:
    rung = rung_of(block.text)
    named = rung and rung.rest and rung.kind in _TITLES
    return bool(named) and len(block.text) <= 60 and not re.search(r"[，。；;,]", block.text)


def _usual(widths: Sequence[int]) -> float:
    longer = sorted(widths)[len(widths) // 3 :]
    return median(longer) if longer else 80


def _column(blocks: Sequence[Block]) -> float:
    """The width at which unmarked lines of Latin script are broken; 0 where none are."""
    widths = sorted(_broken(blocks, chinese=False))
    inner = [width for width in widths if _NARROWEST <= width <= _WIDEST]
    if len(inner) < 2 or len(inner) < len(widths) / 2:
        return 0
    return inner[-1] if len(inner) < 8 else inner[-1 - len(inner) // 20]


def _full(blocks: Sequence[Block]) -> float:
    """The width of most unmarked lines of Chinese that others follow; 0 where they differ."""
    widths = _broken(blocks, chinese=True)
    widest = max(widths, default=0)
    full = sum(width >= widest - 4 for width in widths)
    usual = full >= 3 and full >= 0.6 * len(widths) and _NARROWEST <= widest <= _WIDEST
    return widest if usual else 0


def _broken(blocks: Sequence[Block], *, chinese: bool) -> list[int]:
    """The widths of lines with another right below them."""
    return [
        width_of(line.text)
        for line, following in pairwise(blocks)
        if line.role is following.role is Role.TEXT
        and not (following.gap or line.wrapped)
        and has_han(line.text) == chinese
    ]
