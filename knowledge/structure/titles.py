"""What a document is called: its first heading or line, with a subtitle of years or a dash."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from knowledge.source import Block, Role
from knowledge.structure.heading import Heading
from knowledge.structure.ladder import label_of, rung_of

_SUBTITLE: Final = re.compile(
    r"[（(](?!.*(?:通过|公布|发布|批准|施行|执行|印发|修正|日期))[^（()）]{1,40}[)）]$"
    r"|(?:——|—|－－)\S.{0,40}$"
)
_LETTERHEAD: Final = re.compile(
    r".{2,24}(?:文件|学会|协会|委员会|文化厅|旅游厅|教育厅|局|政府|图书馆|圖書館|大学|中心)$"
    r"|[A-Z][A-Z &'’-]{6,60}$"
)
_OFFICIAL: Final = re.compile(
    r".{0,40}关于.{4,}(?:通知|公告|通告|意见|决定|决议|请示|报告|批复|复函|函|公示|通报|说明)$"
    r"|Minutes of .{4,60}$"
)
_LOOKED_AT: Final = 6
_LONGEST: Final = 60
_LONGEST_WHOLE: Final = 80


class Title(NamedTuple):
    """A title, the blocks that hold it, and whether it is only the first part's."""

    text: str
    blocks: frozenset[int]
    opens_part: bool = False


def find_title(
    blocks: Sequence[Block], headings: Sequence[Heading | None], otherwise: str
) -> Title:
    """The title by the file's own marks, or its first line."""
    first = _first(blocks, headings)
    if first is None:
        return Title(otherwise, frozenset())
    first = _below_letterhead(blocks, first)
    text, of_title = blocks[first].text, {first}
    after = first + 1
    if after < len(blocks) and _SUBTITLE.match(blocks[after].text) and len(text) < _LONGEST_WHOLE:
        text, of_title = text + blocks[after].text, of_title | {after}
    return Title(text, frozenset(of_title), _is_one_of_several(blocks, first))


def _first(blocks: Sequence[Block], headings: Sequence[Heading | None]) -> int | None:
    top = min((b.level for b in blocks if b.role is Role.HEADING), default=0)
    for number, block in enumerate(blocks[:_LOOKED_AT]):
        if block.role is Role.HEADING:
            named = rung_of(block.text) or label_of(block.text)
            return None if named or block.level > top else number
        if len(block.text) > _LONGEST:
            return None
        if not top and number == 0:
            return number if _looks_like_title(block, headings[number]) else None
    return None


def _looks_like_title(block: Block, heading: Heading | None) -> bool:
    if block.role is not Role.TEXT or rung_of(block.text):
        return False
    if heading is not None and heading.kind != "plain":
        return False
    return 2 <= len(block.text) <= _LONGEST and not re.search(r"[。；，,;：:]$", block.text)


def _below_letterhead(blocks: Sequence[Block], first: int) -> int:
    """A letter's title stands below the name of the office that sends it."""
    if not _LETTERHEAD.match(blocks[first].text):
        return first
    for number in range(first + 1, min(first + _LOOKED_AT, len(blocks))):
        if _OFFICIAL.match(blocks[number].text) and blocks[number].role is blocks[first].role:
            return number
    return first


def _is_one_of_several(blocks: Sequence[Block], first: int) -> bool:
    """A heading with text beneath it, and others of its rank below, heads one part of many."""
    title = blocks[first]
    if title.role is not Role.HEADING:
        return False
    fellow = next((n for n in range(first + 1, len(blocks)) if _is_fellow(blocks[n], title)), 0)
    return any(block.role is not Role.HEADING for block in blocks[first + 1 : fellow])


def _is_fellow(block: Block, title: Block) -> bool:
    same_rank = block.role is Role.HEADING and block.level == title.level
    return same_rank and not rung_of(block.text) and not label_of(block.text)
