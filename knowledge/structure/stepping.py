"""Which lines with a marker of the ladder are headings, and which are items of a list."""

import re
from collections.abc import Sequence
from typing import Final

from knowledge.source import Block, Role
from knowledge.structure.families import Family, find_families
from knowledge.structure.heading import Heading, reads_as_heading, spoken
from knowledge.structure.ladder import Rung

# A bare number or letter counts only where its fellows follow in order.
_ONLY_IN_ORDER: Final = frozenset({"1 ", "I."})
_FIRST_SENTENCE: Final = re.compile(r"[^。！？：:；;]{2,34}[。]")
_LEAD_IN: Final = re.compile(r"(?:，.*|下列.*|如下|以下.*)[:：]$")
_SAYS: Final = re.compile(r"[:：](?=\s*\S)")
_LONGEST_DASHED: Final = 40


def find_steps(blocks: Sequence[Block], rungs: Sequence[Rung | None]) -> dict[int, Heading]:
    """The headings among the lines that count on one another: whole families, or none of one."""
    found: dict[int, Heading] = {}
    steps = _Steps(blocks, rungs)
    for family in find_families(blocks, rungs):
        if steps.are_headings(family):
            for number in family.members:
                heading = steps.heading(number)
                if heading:
                    found[number] = heading
    return found


class _Steps:
    def __init__(self, blocks: Sequence[Block], rungs: Sequence[Rung | None]) -> None:
        self._blocks = blocks
        self._rungs = rungs

    def are_headings(self, family: Family) -> bool:
        """More than half of them have text of their own beneath or behind them."""
        if family.are_items or (family.kind in _ONLY_IN_ORDER and not family.is_in_order):
            return False
        asked = [number for number in family.members if not self._says_all(number)]
        return sum(self._opens_a_section(number) for number in asked) * 2 > len(asked)

    def heading(self, number: int) -> Heading | None:
        block, rung = self._blocks[number], self._rung(number)
        if block.role is Role.HEADING:
            return None
        if self._says_all(number):
            title = spoken(_SAYS.split(block.text, maxsplit=1)[0])
            return Heading(rung.kind, rung.height, title, cut=0)
        if self._is_heading_line(number):
            return Heading(rung.kind, rung.height, spoken(block.text.rstrip("：:。")))
        return _run_in(block.text, rung)

    def _says_all(self, number: int) -> bool:
        """一、培训时间：7月8日至12日: neither a title alone nor an item among items."""
        named = self._is_heading_line(number) and _SAYS.search(self._blocks[number].text)
        return bool(named) and not self._has_text_beneath(number)

    def _opens_a_section(self, number: int) -> bool:
        if self._blocks[number].role is Role.HEADING:
            return True
        if self._is_heading_line(number):
            return self._has_text_beneath(number)
        return _run_in(self._blocks[number].text, self._rung(number)) is not None

    def _is_heading_line(self, number: int) -> bool:
        text, rung = self._blocks[number].text, self._rung(number)
        if rung.kind == "——":
            body = text.rstrip("。")
            return len(body) <= _LONGEST_DASHED and not re.search(r"[。；]", body)
        return bool(rung.rest) and reads_as_heading(text) and not _LEAD_IN.search(text)

    def _has_text_beneath(self, number: int) -> bool:
        if number + 1 == len(self._blocks) or self._blocks[number + 1].role is Role.HEADING:
            return False
        beneath = self._rungs[number + 1]
        return beneath is None or beneath.height > self._rung(number).height

    def _rung(self, number: int) -> Rung:
        rung = self._rungs[number]
        assert rung is not None, "only lines with a marker are in a family"  # noqa: S101
        return rung


def _run_in(text: str, rung: Rung) -> Heading | None:
    """一、坚守初心使命，展现行业担当。深入贯彻……: a title with its text on the same line."""
    sentence = _FIRST_SENTENCE.match(text)
    if not sentence or len(text) - sentence.end() < 12:
        return None
    return Heading(rung.kind, rung.height, sentence.group().rstrip("。"), cut=sentence.end())
