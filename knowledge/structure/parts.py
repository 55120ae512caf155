"""Parts of one file: where a letter is signed, and the text that comes with it begins."""

import re
from collections.abc import Sequence
from typing import Final

from knowledge.source import Block, Role
from knowledge.structure.heading import PART, Heading, reads_as_heading
from knowledge.structure.ladder import rung_of

_DATE: Final = re.compile(
    r"(?:[〇○零一二三四五六七八九0-9０-９]{4}|(?:中華)?民[國国].{1,4})\s*年"
    r"\s*\S{1,3}\s*月(?:\s*\S{1,3}\s*日)?(?:[印发發布]{2})?$"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}$"
)
_AFTERWORD: Final = re.compile(r"[(（].{2,30}[)）]$|(?:抄送|主送|送|发)\s*[:：]")
_ATTACHED: Final = re.compile(r"附\s?[件录錄]\s*[:：]")
_WORK: Final = re.compile(
    r"(?:办法|規定|规定|细则|條例|条例|规划|規劃|方案|计划|計畫|意见|制度|标准|规范|指南|章程"
    r"|规则|規則|规程|准则|清单|名单|目录|申请表|登记表|报名表|一览表|申报书)(?:[（(].{1,12}[)）])?$"
)
_LONGEST_NAME: Final = 32
_MOST_NAMES: Final = 4


def find_closings(blocks: Sequence[Block], headings: Sequence[Heading | None]) -> dict[int, int]:
    """Signatures with their date at the end of a part: from the first line, to the last."""
    closings: dict[int, int] = {}
    for number, block in enumerate(blocks):
        if block.role is Role.TEXT and len(block.text) <= _LONGEST_NAME and (
            _DATE.match(block.text) and _ends_part(blocks, headings, number + 1)
        ):  # fmt: skip
            closings[_first_line(blocks, headings, number)] = number
    return closings


def find_parts(
    blocks: Sequence[Block], headings: Sequence[Heading | None], closings: dict[int, int]
) -> list[Heading | None]:
    """The headings, with the titles of texts that follow a signature or stand in an annex."""
    found = list(headings)
    after = {_beyond(blocks, last + 1) for last in closings.values()}
    for number, block in enumerate(blocks):
        if headings[number] is None and block.role is Role.TEXT:
            above = headings[number - 1] if number else None
            in_annex = above is not None and above.kind == "附件"
            if (in_annex or number in after) and _is_title(blocks, number, in_annex=in_annex):
                found[number] = Heading("part", PART, block.text)
    return found


def _ends_part(blocks: Sequence[Block], headings: Sequence[Heading | None], number: int) -> bool:
    if number == len(blocks):
        return True
    heading, text = headings[number], blocks[number].text
    if heading is not None:
        return heading.kind.startswith("#") or heading.kind == "附件"
    return bool(_AFTERWORD.match(text) or _WORK.search(text))


def _first_line(blocks: Sequence[Block], headings: Sequence[Heading | None], date: int) -> int:
    first = date
    while date - first < _MOST_NAMES and _is_name(blocks, headings, first - 1):
        first -= 1
    at = first - 1
    while at >= 0 and headings[at] is None and rung_of(blocks[at].text):
        if _ATTACHED.match(blocks[at].text):
            return at
        at -= 1
    return first


def _is_name(blocks: Sequence[Block], headings: Sequence[Heading | None], number: int) -> bool:
    if number < 0 or headings[number] is not None or blocks[number].role is not Role.TEXT:
        return False
    text = blocks[number].text
    named = len(text) <= _LONGEST_NAME and not re.search(r"[。；，,;！？?]", text)
    copied = bool(_AFTERWORD.match(text))
    return copied or (named and ":" not in text and "：" not in text and not rung_of(text))


def _beyond(blocks: Sequence[Block], number: int) -> int:
    """The first block after a signature that is none of the small print below it."""
    while number < len(blocks) and _AFTERWORD.match(blocks[number].text):
        number += 1
    return number


def _is_title(blocks: Sequence[Block], number: int, *, in_annex: bool) -> bool:
    text = blocks[number].text
    if number + 1 == len(blocks) or not reads_as_heading(text) or re.search(r"[:：]$", text):
        return False
    return rung_of(text) is None and (in_annex or bool(_WORK.search(text)))
