"""Which blocks are headings, and how high each stands."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.source import Block, Role
from knowledge.structure.ladder import Rung, is_article, label_of, rung_of

_ENDED: Final = re.compile(r"[。；;，,、.!！][’”\"'）)]*$")
_FIRST_SENTENCE: Final = re.compile(r"[^。！？：:；;]{2,34}[。]")
_DIVISIONS: Final = {"编", "分编", "部分", "章", "节"}
_STEPS: Final = {"一、", "（一）", "1.", "1.1", "1.1.1", "1.1.1.1", "(1)", "1)", "1 ", "①", "——"}
_ABSTRACT: Final = re.compile(r"(摘\s*要|关键词|Abstract|ABSTRACT|Key\s?words|KEYWORDS)\s*[:：]\s*")
# Heights of headings that carry no marker, beside those of the ladder.
_TOP, _PLAIN, _LABELLED = 5.0, 31.0, 90.0
_TITLE_LIMIT: Final = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A block that opens a section; what follows `cut` characters of it is the section's text.

    `kind` groups siblings, `height` orders kinds (less is higher), `file_level` is the rank that
    the file itself gave. `brief` sections hold their own block alone.
    """

    kind: str
    height: float
    title: str
    file_level: int = 0
    cut: int | None = None
    brief: bool = False


def find_headings(blocks: Sequence[Block]) -> list[Heading | None]:
    """For each block, the heading it is, or None."""
    rungs = [rung_of(block.text) for block in blocks]
    found: list[Heading | None] = []
    labels: dict[str, float] = {}
    plain = _PlainRules(blocks, rungs)
    for number, block in enumerate(blocks):
        heading = _heading(blocks, rungs, found, number, labels)
        if heading is None and block.role is Role.TEXT:
            heading = plain.heading(number)
        found.append(heading)
    return found


def _heading(
    blocks: Sequence[Block],
    rungs: Sequence[Rung | None],
    found: Sequence[Heading | None],
    number: int,
    labels: dict[str, float],
) -> Heading | None:
    block, rung = blocks[number], rungs[number]
    if block.role is Role.HEADING:
        return _marked(block, rung, labels)
    if block.role not in (Role.TEXT, Role.ITEM):
        return None
    if rung is None:
        label = label_of(block.text)
        follows = _next(blocks, number)
        if label and not _ENDED.search(block.text) and follows and block.role is Role.TEXT:
            return Heading(label.kind, _label_height(label, labels), block.text)
        return _abstract(block)
    return _stepped(blocks, rungs, found, number, rung)


def _marked(block: Block, rung: Rung | None, labels: dict[str, float]) -> Heading | None:
    """A heading by the file's own mark; a marker of the ladder outranks the mark's level."""
    if len(block.text) > 150:
        return None
    title = _spoken(block.text.rstrip("。"))
    if rung and rung.kind != "条":
        return Heading(rung.kind, _height(rung), title, block.level)
    label = label_of(block.text)
    if label:
        return Heading(label.kind, _label_height(label, labels), title, block.level)
    return Heading(f"#{block.level}", _TOP + block.level, title, block.level)


def _height(rung: Rung) -> float:
    # An annex stands beside the whole text, not inside its last chapter.
    return 4.0 if rung.kind == "附件" else rung.height


def _label_height(label: Rung, labels: dict[str, float]) -> float:
    """战略重点一：before 实施方案一：: the kind that comes first stands higher."""
    return labels.setdefault(label.kind, 31 + len(labels) / 10)


def _abstract(block: Block) -> Heading | None:
    found = _ABSTRACT.match(block.text)
    if not found:
        return None
    title = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", found[1])
    return Heading("abstract", _TOP, title, cut=found.end(), brief=True)


def _stepped(
    blocks: Sequence[Block],
    rungs: Sequence[Rung | None],
    found: Sequence[Heading | None],
    number: int,
    rung: Rung,
) -> Heading | None:
    """A line with a marker of the ladder: heading, heading with its text behind it, or item."""
    text = blocks[number].text
    if is_article(rung):
        return Heading("条", rung.height, rung.marker, cut=0)
    if rung.kind in _DIVISIONS:
        return None if _too_long(text, 60) else Heading(rung.kind, rung.height, text)
    if rung.kind == "附件":
        titled = not re.match(r"\s*[:：]", rung.rest) and not _too_long(text, 50)
        return Heading(rung.kind, _height(rung), text) if titled else None
    if rung.kind not in _STEPS or (rung.kind == "1 " and not blocks[number].wrapped):
        return None
    if rung.kind == "——":
        return _dashed(text, rung)
    if _is_heading_line(blocks, rungs, found, number, rung):
        return Heading(rung.kind, rung.height, _spoken(text.rstrip("：:")))
    return _run_in(text, rung)


def _dashed(text: str, rung: Rung) -> Heading | None:
    body = text.rstrip("。")
    if len(body) > _TITLE_LIMIT or re.search(r"[。；]", body):
        return _run_in(text, rung)
    return Heading(rung.kind, rung.height, body)


def _is_heading_line(
    blocks: Sequence[Block],
    rungs: Sequence[Rung | None],
    found: Sequence[Heading | None],
    number: int,
    rung: Rung,
) -> bool:
    """Short, ends nowhere, has something under it, and is no item among items."""
    if not rung.rest or _too_long(blocks[number].text, _TITLE_LIMIT):
        return False
    follows = _next(blocks, number)
    if follows is None or follows.role is Role.HEADING:
        return False
    beneath = rungs[number + 1]
    if beneath and beneath.kind == rung.kind:
        return False
    if number and re.match(r"附\s?[件录]\s*[:：]", blocks[number - 1].text):
        return False
    above = rungs[number - 1] if number else None
    item_above = above and above.kind == rung.kind and found[number - 1] is None
    return not item_above


def _run_in(text: str, rung: Rung) -> Heading | None:
    """一、坚守初心使命，展现行业担当。深入贯彻……: a title with its text on the same line."""
    sentence = _FIRST_SENTENCE.match(text)
    if not sentence or len(text) - sentence.end() < 12:
        return None
    return Heading(rung.kind, rung.height, sentence.group().rstrip("。"), cut=sentence.end())


def _spoken(title: str) -> str:
    """“3. 1” is how some printers set 3.1."""
    return re.sub(r"^(\d{1,2})\s*[.．]\s+(?=\d)", r"\1.", title)


def _too_long(text: str, limit: int) -> bool:
    return len(text) > limit or bool(_ENDED.search(text))


def _next(blocks: Sequence[Block], number: int) -> Block | None:
    return blocks[number + 1] if number + 1 < len(blocks) else None


class _PlainRules:
    """Headings without any mark: short lines that stand alone, where nothing else structures."""

    def __init__(self, blocks: Sequence[Block], rungs: Sequence[Rung | None]) -> None:
        self._blocks = blocks
        marked = any(block.role is Role.HEADING for block in blocks)
        laddered = any(r and r.kind in _DIVISIONS | {"一、", "（一）", "条", "1 "} for r in rungs)
        self._silent = marked or laddered
        self._times = Counter(block.text for block in blocks if block.role is Role.TEXT)

    def heading(self, number: int) -> Heading | None:
        if self._silent or not self._stands_alone(number):
            return None
        text = self._blocks[number].text
        follows = self._blocks[number + 1]
        substantial = follows.role is not Role.TEXT or len(follows.text) >= 40
        if text.endswith((":", "：")):
            return Heading("label", _LABELLED, text.rstrip(":：")) if len(text) <= 15 else None
        if self._times[text] > 1:
            return Heading("label", _LABELLED, text)
        if len(text) <= 12 or substantial:
            return Heading("plain", _PLAIN, text)
        return None

    def _stands_alone(self, number: int) -> bool:
        block, follows = self._blocks[number], _next(self._blocks, number)
        if follows is None or not 2 <= len(block.text) <= 32 or _ENDED.search(block.text):
            return False
        if re.search(r"\d{4}\s*年|[@\d]{5,}|^[(（]", block.text) or rung_of(block.text):
            return False
        apart = block.gap > 0 and (follows.gap > 0 or follows.role is not Role.TEXT)
        return apart and not block.wrapped
