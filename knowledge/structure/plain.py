"""Headings that no mark and no number shows: short lines that stand alone above a text."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from knowledge.source import Block, Role
from knowledge.structure.heading import (
    LABEL,
    PLAIN,
    QUESTION,
    Heading,
    reads_as_heading,
)
from knowledge.structure.ladder import Rung
from knowledge.structure.writing import bare, width_of

_LADDER: Final = frozenset(
    {"编", "部分", "章", "节", "条", "壹、", "I.", "一、", "（一）", "1 ", "1.", "1.1"}
)
_NAMED: Final = frozenset(
    {
        "前言", "引言", "导言", "序言", "绪论", "概述", "结语", "结论", "后记", "致谢", "参考文献",
        "Introduction", "Foreword", "Preface", "Conclusion", "Acknowledgements", "References",
    }
)  # fmt: skip
_QUESTION: Final = re.compile(r"(?:问|問|Q)\s?\d{0,3}\s?[:：.、]\s*\S")
_ANSWER: Final = re.compile(r"(?:答|A)\s?\d{0,3}\s?[:：.、]")
_NO_TITLE: Final = re.compile(r"\d{4}\s*年|[@\d]{5,}|^[(（]")
_WIDEST: Final = 64
_SHORT: Final = 24
_LONGEST_LABEL: Final = 15


class PlainHeadings:
    """Finds them where the file says nothing, given the headings that are already known."""

    def __init__(
        self,
        blocks: Sequence[Block],
        rungs: Sequence[Rung | None],
        found: Sequence[Heading | None],
        listed: Mapping[str, Rung | None],
    ) -> None:
        self._blocks = blocks
        self._rungs = rungs
        self._listed = listed
        steps = [h.height for h in found if h and h.kind in _LADDER]
        marked = any(block.role is Role.HEADING for block in blocks)
        self._silent = marked or bool(steps)
        self._top = min(steps, default=PLAIN)
        self._times = Counter(block.text for block in blocks if block.role is Role.TEXT)

    def added(self, found: Sequence[Heading | None]) -> list[Heading | None]:
        """All headings; a single line below the title that stands alone is no structure."""
        added = [heading or self._heading(number) for number, heading in enumerate(found)]
        plain = [n for n, heading in enumerate(added) if n and heading and heading.kind == "plain"]
        if len(plain) == 1 and bare(self._blocks[plain[0]].text) not in {*self._listed, *_NAMED}:
            added[plain[0]] = None
        return added

    def _heading(self, number: int) -> Heading | None:
        block = self._blocks[number]
        if block.role is not Role.TEXT or number + 1 == len(self._blocks):
            return None
        if _QUESTION.match(block.text):
            return self._question(number)
        if self._rungs[number] is not None:
            return None
        if self._listed or len(block.text) <= _SHORT:
            named = self._named(block.text)
            if named:
                return named
        return None if self._silent or not self._stands_alone(number) else self._alone(number)

    def _question(self, number: int) -> Heading | None:
        """问：…, and 答：… beneath it."""
        answered = _ANSWER.match(self._blocks[number + 1].text)
        return Heading("Q", QUESTION, self._blocks[number].text) if answered else None

    def _named(self, text: str) -> Heading | None:
        """A line that the contents list, or that heads a preface or the references."""
        name = bare(text)
        if name in self._listed:
            rung = self._listed[name]
            return Heading(rung.kind, rung.height, text) if rung else self._at_top(text)
        return self._at_top(text) if name in _NAMED else None

    def _at_top(self, text: str) -> Heading:
        return Heading("plain", self._top, text)

    def _alone(self, number: int) -> Heading | None:
        text, follows = self._blocks[number].text, self._blocks[number + 1]
        if text.endswith((":", "：")):
            return Heading("label", LABEL, text.rstrip(":：")) if _is_label(text) else None
        if self._times[text] > 1:
            return Heading("label", LABEL, text)
        least = 15 if width_of(text) <= _SHORT else 40
        substantial = follows.role is not Role.TEXT or len(follows.text) >= least
        return Heading("plain", PLAIN, text) if substantial else None

    def _stands_alone(self, number: int) -> bool:
        block, follows = self._blocks[number], self._blocks[number + 1]
        if block.wrapped or len(block.text) < 2 or not reads_as_heading(block.text, _WIDEST):
            return False
        if _NO_TITLE.search(block.text):
            return False
        return block.gap > 0 and (follows.gap > 0 or follows.role is not Role.TEXT)


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL
