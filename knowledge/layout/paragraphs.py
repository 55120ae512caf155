"""Lines become paragraphs: by indents, by gaps, and by the room that a last line leaves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from knowledge.layout.characters import is_wide, join_lines
from knowledge.layout.ink import Flow, Grid, Line
from knowledge.layout.lines import lead_width
from knowledge.layout.measures import Measures

# In ems: edges that are the same, room at the end of a full line, how far off centre is centred.
_SAME_EDGE: Final = 0.6
_ROOM: Final = 0.6
_CENTRED: Final = 1.0
# In pitches: a gap that parts paragraphs.
_GAP: Final = 1.35
_NARROWEST_BLOCK: Final = 0.6
_LONG: Final = 0.7
_LONGEST_NUMBER: Final = 6
_ENDED: Final = re.compile(r"[。！？；：.!?;:…][”’\"'）)】」』]*$")
_RIGHT: Final = 0.4
_CELL_GAP: Final = 1.5
_LATIN: Final = re.compile(r"[A-Za-z\s,.;:()’'“”\"-]+")
_LEADERS: Final = re.compile(r"[.．…·•]{4,}\s*[\divxlc]{0,5}$")
_ITEM: Final = re.compile(
    r"(?:(?P<bullet>[•●○■□◆◇▪▶►✓√※*–-])|(?P<circled>[①-⑳])"
    r"|(?P<bracketed>[\[［(（]\s?[\d一二三四五六七八九十百]{1,4}\s?[\]］)）])"
    r"|(?P<numbered>\d{1,3}(?:\.\d{1,3})*[.．、)）](?!\d))|(?P<section>\d{1,2}(?:\.\d{1,2})+(?=\s))|(?P<counted>[一二三四五六七八九十百]{1,4}、)"
    r"|(?P<lettered>[A-Za-z][.)])|(?P<article>第[\d一二三四五六七八九十百千]+[编章节条款]))\s*(?=\S)"
)


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph, on the page where it begins, between its column's edges."""

    lines: list[Line]
    page: int
    left: float
    right: float
    level: int = 0
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> float:
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def weight(self) -> int:
        return min(line.weight for line in self.lines)

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mark for line in self.lines for mark in line.marks))

    def text(self, compounds: frozenset[str] = frozenset()) -> str:
        whole = ""
        for line in self.lines:
            whole = join_lines(whole, line.text, compounds)
        return whole


def paragraphs_of(flow: Flow, page: int, measures: Measures) -> list[Paragraph | Grid]:
    """A column's paragraphs and tables in order; lines with a rule stay alone."""
    done: list[Paragraph | Grid] = []
    for block in _blocks(flow, measures):
        if isinstance(block, Grid):
            done.append(block)
            continue
        left, right = _edges(block, measures.frame(flow))
        fresh: list[Paragraph] = []
        for line in block:
            if fresh and _goes_on(fresh[-1], line, measures):
                fresh[-1].lines.append(line)
            else:
                fresh.append(Paragraph([line], page, left, right))
        done.extend(fresh)
    return done


def _blocks(flow: Flow, measures: Measures) -> Iterator[list[Line] | Grid]:
    """Tables, and the stretches of lines of one size at one pitch between them."""
    block: list[Line] = []
    for item in flow.items:
        if isinstance(item, Grid):
            if block:
                yield block
            yield item
            block = []
        elif block and not _is_near(block[-1], item, measures):
            yield block
            block = [item]
        else:
            block.append(item)
    if block:
        yield block


def _is_near(above: Line, below: Line, measures: Measures) -> bool:
    if above.rule or below.rule or above.level != below.level:
        return False
    if abs(above.size - below.size) > 0.1 * max(above.size, below.size):
        return False
    return below.y - above.y <= _GAP * measures.pitch(below.size)


def _edges(block: Sequence[Line], frame: tuple[float, float]) -> tuple[float, float]:
    """A stretch that is set narrower than the column runs between edges of its own."""
    right = max(line.x1 for line in block)
    reaching = [line for line in block if line.x1 > right - line.size]
    wide = right - min(line.x0 for line in block)
    if len(reaching) > 1 and len(block) > 2 and wide > _NARROWEST_BLOCK * (frame[1] - frame[0]):
        return frame[0], right
    return frame


def _goes_on(paragraph: Paragraph, line: Line, measures: Measures) -> bool:
    first, last = paragraph.lines[0], paragraph.lines[-1]
    if last.rule or line.rule or _LEADERS.search(last.text):
        return False
    if _continues_title(paragraph, line, measures):
        return True
    if _stands_right(last, paragraph) or _is_row(last) or _is_row(line):
        return False
    if begins_item(first, last, line):
        return False
    if not is_full(last, line, paragraph.right):
        return _runs_on(paragraph, line)
    if measures.is_heavy(last.weight) != measures.is_heavy(line.weight) and has_ended(last.text):
        return False
    return line.x0 - last.x0 <= _SAME_EDGE * line.size or _hangs(last, line)


def _stands_right(line: Line, paragraph: Paragraph) -> bool:
    """A signature or date set to the right is no line that runs on."""
    return line.x0 - paragraph.left > _RIGHT * (paragraph.right - paragraph.left)


def _is_row(line: Line) -> bool:
    """Cells side by side, as in a table without rules; Latin words are merely spread."""
    cells = line.parts[1:] if len(line.parts[0].text) <= _LONGEST_NUMBER else line.parts
    return any(
        after.x0 - before.x1 > _CELL_GAP * line.size
        and not (_LATIN.fullmatch(before.text) and _LATIN.fullmatch(after.text))
        for before, after in pairwise(cells)
    )


def has_ended(text: str) -> bool:
    return bool(_ENDED.search(text))


def begins_item(first: Line, last: Line, line: Line) -> bool:
    """Whether a line opens a new item: it carries a mark, after an end or in a list."""
    if not _ITEM.match(line.text) or line.x0 - first.x0 > 3 * line.size:
        return False
    return has_ended(last.text) or _item_kind(first.text) == _item_kind(line.text)


def _item_kind(text: str) -> str:
    found = _ITEM.match(text)
    return found.lastgroup or "" if found else ""


def is_full(last: Line, line: Line, right: float) -> bool:
    """Whether the next line's first word would not have fitted at the end of this one."""
    if re.search(r"[A-Za-z]-$", last.text):
        return True
    room = _ROOM if is_wide(line.text[0]) else _ROOM / 2
    return right - last.x1 < lead_width(line.text, line.size) + room * line.size


def _runs_on(paragraph: Paragraph, line: Line) -> bool:
    """A Latin sentence in mid-course, in ragged lines that are long all the same."""
    last = paragraph.lines[-1]
    long = last.x1 - last.x0 > _LONG * (paragraph.right - paragraph.left)
    same_edge = abs(last.x0 - line.x0) <= _SAME_EDGE * line.size
    in_sentence = last.text[-1] in "abcdefghijklmnopqrstuvwxyz," and line.text[0].islower()
    return long and same_edge and in_sentence


def _hangs(last: Line, line: Line) -> bool:
    """An item's second line begins under the text of the first, not under its number."""
    shift = line.x0 - last.x0
    if not 0 < shift < 5 * line.size:
        return False
    behind = [part.x0 for part in last.parts[1:2] if len(last.parts[0].text) <= _LONGEST_NUMBER]
    if any(abs(x0 - line.x0) <= _SAME_EDGE * line.size for x0 in behind):
        return True
    mark = _ITEM.match(last.text)
    number = last.text[: mark.end()] if mark else ""
    return bool(number) and shift <= lead_width(number, line.size) + 1.5 * line.size


def _continues_title(paragraph: Paragraph, line: Line, measures: Measures) -> bool:
    """A heading broken into centred lines."""
    last = paragraph.lines[-1]
    if line.size < 1.1 * measures.body or line.weight != last.weight or _ITEM.match(line.text):
        return False
    middle = (paragraph.left + paragraph.right) / 2
    centred = all(
        abs((one.x0 + one.x1) / 2 - middle) < _CENTRED * line.size for one in (last, line)
    )
    return centred and line.x0 > paragraph.left + line.size
