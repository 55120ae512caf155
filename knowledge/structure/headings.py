"""Which blocks are headings, and how high each stands."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from knowledge.source import Block, Role
from knowledge.structure.heading import ANNEX, TOP, Heading, reads_as_heading, spoken
from knowledge.structure.ladder import Rung, is_article, label_of, rung_of
from knowledge.structure.plain import PlainHeadings
from knowledge.structure.stepping import find_steps
from knowledge.structure.writing import bare

_DIVISIONS: Final = frozenset({"编", "分编", "部分", "章", "节"})
_LONGEST_MARKED: Final = 150
_ENDED: Final = re.compile(r"[。；;，,、.!！][’”\"'）)]*$")
_ABSTRACT: Final = re.compile(r"(摘\s*要|关键词|Abstract|ABSTRACT|Key\s?words|KEYWORDS)\s*[:：]\s*")


def find_headings(
    blocks: Sequence[Block], listed: Mapping[str, Rung | None]
) -> list[Heading | None]:
    """For each block, the heading it is, or None; `listed` are the titles that contents name."""
    rungs = [rung_of(block.text) for block in blocks]
    ladder = _Ladder(blocks, rungs, listed)
    found = [ladder.heading(number) for number in range(len(blocks))]
    plain = PlainHeadings(blocks, rungs, found, listed)
    return plain.added(found)


class _Ladder:
    """Headings by the file's marks, by the ladder, and by words that count."""

    def __init__(
        self,
        blocks: Sequence[Block],
        rungs: Sequence[Rung | None],
        listed: Mapping[str, Rung | None],
    ) -> None:
        self._blocks = blocks
        self._rungs = rungs
        self._listed = listed
        self._steps = find_steps(blocks, rungs)
        self._labels: dict[str, float] = {}

    def heading(self, number: int) -> Heading | None:
        block, rung = self._blocks[number], self._rungs[number]
        if block.role is Role.HEADING:
            return self._marked(block, rung)
        if block.role not in (Role.TEXT, Role.ITEM):
            return None
        if rung is None:
            return self._worded(number)
        if is_article(rung):
            return self._article(number, rung)
        if rung.kind == "附件":
            return self._annex(number, rung)
        if rung.kind in _DIVISIONS:
            fits = reads_as_heading(block.text, 120)
            return Heading(rung.kind, rung.height, block.text) if fits else None
        return self._steps.get(number) or self._as_listed(block, rung)

    def _marked(self, block: Block, rung: Rung | None) -> Heading | None:
        """A heading by the file's own mark; a marker of the ladder outranks the mark's level."""
        if len(block.text) > _LONGEST_MARKED:
            return None
        title = spoken(block.text.rstrip("。"))
        if rung and rung.kind not in {"条", "(a)"}:
            height = ANNEX if rung.kind == "附件" else rung.height
            return Heading(rung.kind, height, title, block.level)
        label = label_of(block.text)
        if label:
            return Heading(label.kind, self._label_height(label), title, block.level)
        return Heading(f"#{block.level}", TOP + block.level, title, block.level)

    def _label_height(self, label: Rung) -> float:
        """战略重点一：before 实施方案一：: the kind that comes first stands higher."""
        return self._labels.setdefault(label.kind, label.height + len(self._labels) / 10)

    def _worded(self, number: int) -> Heading | None:
        """专栏3：…, 摘要：…: a word and a number or colon make it a heading."""
        block = self._blocks[number]
        label = label_of(block.text)
        if label and block.role is Role.TEXT and not _ENDED.search(block.text):
            follows = number + 1 < len(self._blocks)
            return Heading(label.kind, self._label_height(label), block.text) if follows else None
        found = _ABSTRACT.match(block.text)
        if not found:
            return None
        title = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", found[1])
        return Heading("abstract", TOP, title, cut=found.end(), brief=True)

    def _article(self, number: int, rung: Rung) -> Heading:
        """第一条 使用场地 is a title; an article's text stands on the line of its number."""
        text = self._blocks[number].text
        below = self._rungs[number + 1 : number + 2]
        titled = rung.rest and len(rung.rest) <= _SHORT and reads_as_heading(text)
        if titled and below and not is_article(below[0]) and not text.endswith(("：", ":")):
            return Heading("条", rung.height, text)
        return Heading("条", rung.height, rung.marker.rstrip(".:："), cut=0)

    def _annex(self, number: int, rung: Rung) -> Heading | None:
        """附件 2 opens an annex; 附件：1. … at the end of a letter lists what comes with it."""
        block = self._blocks[number]
        if not reads_as_heading(block.text, 100) or number + 1 == len(self._blocks):
            return None
        follows, below = self._blocks[number + 1], self._rungs[number + 1]
        if not rung.rest.strip(":："):
            lists = bool(rung.rest) and below is not None and below.kind in {"1.", "(1)", "附件"}
            return None if lists else Heading("附件", ANNEX, block.text.rstrip("：: "))
        if rung.rest[0] in ":：" and not block.text.startswith("附录"):
            counted = bool(re.search(r"\d|[一二三四五六七八九十]", rung.marker))
            has_text = follows.role is not Role.TEXT or len(follows.text) > _SHORT
            if not counted or not has_text or (below and below.kind == "附件"):
                return None
        return Heading("附件", ANNEX, block.text)

    def _as_listed(self, block: Block, rung: Rung) -> Heading | None:
        if not self._listed or bare(block.text) not in self._listed:
            return None
        return Heading(rung.kind, rung.height, block.text)


_SHORT: Final = 24
