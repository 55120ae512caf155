"""Which paragraphs of a page layout are headings: by the outline, by size, by weight."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from knowledge.layout.characters import is_wide
from knowledge.layout.ink import Line, Sheet
from knowledge.layout.measures import Measures
from knowledge.layout.paragraphs import Paragraph

_LARGER: Final = 1.12
_LONGEST_EMS: Final = 60
_MOST_LINES: Final = 3
_NO_HEADING: Final = re.compile(
    r"(?:表|图|附表|附图|续表|Table|Figure|Fig\.)\s*[\d一二三四五六七八九十]"
    r"|[•●○■□◆◇▪▶►✓√※*]"
    r"|[\d〇○零一二三四五六七八九十]{1,4}\s*年[^章节]{0,8}[月日]$"
    r"|.*[.．…·]{4,}",
    re.IGNORECASE,
)
_ENDED: Final = re.compile(r"[。；，、,;!！…][”’\"'）)】]*$|[^\d.]\.$")
_NUMBER: Final = re.compile(
    r"第.{1,4}[编章节条]|[一二三四五六七八九十]{1,3}、|[（(].{1,3}[）)]|[\d.．]{1,7}、?"
)
_LONGEST_NUMBER: Final = 8
_STEP: Final = re.compile(
    r"第.{1,4}[编章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|\d{1,2}(?:\.\d{1,2})*[.．、]?\s*[^\W\d年月日]"
)
_FRONT_LINE: Final = 40
_BANNER: Final = re.compile(r".{2,30}文件$")


class Bookmark(NamedTuple):
    """An entry of a file's outline: its rank (1 is the highest), title and page number."""

    level: int
    title: str
    page: int


def mark_bookmarks(sheets: Sequence[Sheet], bookmarks: Iterable[Bookmark]) -> None:
    """Give the lines that an outline names its ranks."""
    pages: dict[int, list[Line]] = {}
    for sheet in sheets:
        pages.setdefault(sheet.number, []).extend(line for line in sheet.lines if not line.rule)
    for bookmark in bookmarks:
        for line in _named(pages.get(bookmark.page, []), _squeezed(bookmark.title)):
            line.level = bookmark.level


def _named(lines: Sequence[Line], title: str) -> Sequence[Line]:
    """The one to three lines in a row that together read as the title, a number apart."""
    if not title:
        return ()
    squeezed = [_squeezed(line.text) for line in lines]
    for start in range(len(lines)):
        for end in range(start + 1, min(start + _MOST_LINES, len(lines)) + 1):
            whole = "".join(squeezed[start:end])
            number = whole.removesuffix(title)
            if whole == title or (number != whole and _NUMBER.fullmatch(number)):
                return lines[start:end]
            if len(whole) > len(title) + _LONGEST_NUMBER:
                break
    return ()


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\x00]", "", text)


def rank_headings(paragraphs: Sequence[Paragraph], measures: Measures) -> Paragraph | None:
    """Give each heading its level, the outline's order first; and say which one is the title."""
    title = _title(paragraphs, measures)
    for paragraph in paragraphs:
        paragraph.level = max(line.level for line in paragraph.lines)
    if title and not title.level:
        for paragraph in paragraphs:
            paragraph.level += 1 if paragraph.level else 0
        title.level = 1
    known = {_weight(p, measures): p.level for p in paragraphs if p.level and p is not title}
    front = _front(paragraphs, title)
    found = [
        p for p in paragraphs if not p.level and _stands_out(p, measures) and id(p) not in front
    ]
    weights = sorted({_weight(p, measures) for p in found}, reverse=True)
    lowest = 2 if title else 1
    for number, weight in enumerate(weights):
        above = [level for other, level in known.items() if other > weight]
        fitting = known.get(weight) or (max(above, default=0) + 1 if known else lowest + number)
        for paragraph in found:
            if _weight(paragraph, measures) == weight:
                paragraph.level = max(fitting, lowest)
    return title


def _title(paragraphs: Sequence[Paragraph], measures: Measures) -> Paragraph | None:
    """The largest words of the first page, when they are larger than the text."""
    page = paragraphs[0].page if paragraphs else 0
    large = [
        p
        for p in paragraphs
        if p.page == page and p.size >= _LARGER * measures.body and _could_be_title(p.text())
    ]
    return max(large, key=lambda p: p.size, default=None)


def _could_be_title(text: str) -> bool:
    wordy = 4 <= len(text) <= 120 and re.search(r"[^\W\d_]{2}", text)
    return bool(wordy) and not _STEP.match(text) and not _BANNER.fullmatch(text)


def _front(paragraphs: Sequence[Paragraph], title: Paragraph | None) -> set[int]:
    """What stands about the title: authors, offices, dates; large type there heads nothing."""
    front: set[int] = set()
    if title is None:
        return front
    passed = False
    for paragraph in paragraphs:
        text = paragraph.text()
        shown = paragraph.lines[0].x0 > paragraph.left + paragraph.size
        prose = passed and (_ems(text) > _FRONT_LINE or not shown)
        if prose or paragraph.page != title.page or _STEP.match(text):
            break
        passed = passed or paragraph is title
        front.add(id(paragraph))
    return front


def _stands_out(paragraph: Paragraph, measures: Measures) -> bool:
    """Larger or heavier than the text; short; and no sentence or caption."""
    larger = paragraph.size >= _LARGER * measures.body
    heavier = measures.is_heavy(paragraph.weight) and paragraph.size > 0.9 * measures.body
    if not larger and not heavier:
        return False
    text = paragraph.text()
    if _ems(text) > _LONGEST_EMS or len(paragraph.lines) > _MOST_LINES or _ENDED.search(text):
        return False
    return bool(re.search(r"[^\W\d_]{2}", text)) and not _NO_HEADING.match(text)


def _ems(text: str) -> float:
    return sum(1.0 if is_wide(letter) else 0.5 for letter in text)


def _weight(paragraph: Paragraph, measures: Measures) -> tuple[float, int]:
    return round(paragraph.size * 2) / 2, max(paragraph.weight - measures.weight, 0)
