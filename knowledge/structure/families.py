"""Lines that count on one another (一、二、三、): a family is headings or items as a whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from knowledge.source import Block, Role
from knowledge.structure.ladder import Rung, ordinal, rung_of

STEPS: Final = frozenset(
    {"壹、", "I.", "一、", "（一）", "1.", "1.1", "1.1.1", "1.1.1.1", "(1)", "1)", "1 ", "①", "——"}
)
# These may also stand above articles: 一、受案范围, then 第一条.
_ABOVE_ARTICLES: Final = frozenset({"壹、", "I.", "一、"})
_ATTACHED: Final = re.compile(r"附\s?[件录錄]\s*[:：]\s*(?=\S)")


@dataclass
class Family:
    """Lines with markers of one kind that stand beneath the same line, and what they count."""

    kind: str
    height: float
    are_items: bool = False
    members: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    @property
    def is_in_order(self) -> bool:
        return self.numbers == list(range(1, len(self.numbers) + 1)) and len(self.numbers) > 1


def find_families(blocks: Sequence[Block], rungs: Sequence[Rung | None]) -> list[Family]:
    """All families, in the order in which they begin."""
    return list(_Walk(blocks, rungs).families())


class _Walk:
    """Walks down the blocks; knows which families are open, and whether an article is."""

    def __init__(self, blocks: Sequence[Block], rungs: Sequence[Rung | None]) -> None:
        self._blocks = blocks
        self._rungs = rungs
        self._open: list[Family] = []
        self._in_article = False

    def families(self) -> Iterator[Family]:
        for number, (block, rung) in enumerate(zip(self._blocks, self._rungs, strict=True)):
            if rung is not None and rung.kind in STEPS:
                yield from self._step(number, rung)
            elif rung is not None and rung.kind == "条":
                self._in_article = True
                self._open = [family for family in self._open if family.kind in _ABOVE_ARTICLES]
            elif _ATTACHED.match(block.text):
                yield self._attached(block)
            elif block.role is Role.HEADING or (rung is not None and rung.kind != "(a)"):
                self._in_article = False
                self._open.clear()

    def _attached(self, block: Block) -> Family:
        """附件：1. …, then 2. …: a list of what comes with a letter, no headings."""
        first = rung_of(_ATTACHED.sub("", block.text))
        height = first.height if first else 44
        self._open = [family for family in self._open if family.height < height]
        self._open.append(Family(first.kind if first else "1.", height, are_items=True))
        return self._open[-1]

    def _step(self, number: int, rung: Rung) -> Iterator[Family]:
        counted = ordinal(rung)
        self._open = [family for family in self._open if family.height <= rung.height]
        family = self._open[-1] if self._open else None
        if family is None or family.kind != rung.kind or (counted == 1 and family.members):
            family = Family(rung.kind, rung.height, self._are_items(number, rung))
            self._open = [f for f in self._open if f.kind != rung.kind]
            self._open.append(family)
            yield family
        if not family.are_items:
            self._in_article = False
        family.members.append(number)
        family.numbers.append(counted)

    def _are_items(self, number: int, rung: Rung) -> bool:
        """What is counted inside an article is part of it."""
        if not self._in_article or self._blocks[number].role is Role.HEADING:
            return False
        return rung.kind not in _ABOVE_ARTICLES or self._blocks[number - 1].text[-1:] in ":："
