"""Running heads, running feet and page numbers: lines that come back at one height."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from knowledge.layout.ink import Line, Sheet

RUNNING: Final = "running head"
NUMBER: Final = "page number"

# Where on a page furniture may stand, in parts of its height; and how far heights may differ.
_ZONE: Final = 0.14
_SAME_HEIGHT: Final = 3.0
_LONGEST: Final = 60
_SENTENCE: Final = re.compile(r"[。；，;,]$|[^\W\d]\.$")
_LEAST_PAGES: Final = 3
_LEAST_DENSITY: Final = 0.3
_DRESSED: Final = re.compile(
    r"[-–—·•~～|\s]*第\s*[\d一二三四五六七八九十百]+\s*页.{0,3}(?:共\s*[\d一二三四五六七八九十百]+\s*页)?[-–—·\s]*"
    r"|[-–—·•~～|]+\s*[\divxlc]{1,5}\s*[-–—·•~～|]+"
    r"|(?:page|p\.)\s*\d{1,5}(?:\s*(?:of|/)\s*\d{1,5})?|\d{1,5}\s*(?:/|of)\s*\d{1,5}",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"\d{1,5}|[ivxlc]{1,7}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    page: int
    line: Line
    is_top: bool
    height: float
    body: float


def mark_furniture(sheets: Sequence[Sheet]) -> None:
    """Give every line that belongs to the page and not to the text the rule that says so."""
    places = [place for sheet in sheets for place in _edge_lines(sheet)]
    for place in places:
        if _DRESSED.fullmatch(place.line.text):
            place.line.rule = NUMBER
    _mark_numbers(places)
    _mark_repeated(places, len(sheets))
    _keep_inner(places)


def _edge_lines(sheet: Sheet) -> list[_Place]:
    """Lines near the upper and lower edge: those that stand apart, and else the outermost."""
    apart = {id(line) for flow in sheet.flows if flow.is_apart for line in flow.lines}
    lines = sorted(sheet.lines, key=lambda line: line.y)
    body = median(line.size for line in lines) if lines else 0.0
    top = [line for line in lines if line.y < _ZONE * sheet.height]
    bottom = [line for line in lines if line.y - line.size > (1 - _ZONE) * sheet.height][::-1]
    return [
        _Place(sheet.number, line, is_top, line.y if is_top else sheet.height - line.y, body)
        for is_top, group in ((True, top), (False, bottom))
        for line in group
        if id(line) in apart or (line is group[0] and _could_run(line.text))
    ]


def _could_run(text: str) -> bool:
    return len(text) <= _LONGEST and not _SENTENCE.search(text)


def _mark_numbers(places: Sequence[_Place]) -> None:
    """Numbers that count with the pages at one height: alone, or at either end of a head."""
    for group in _by_height(place for place in places if _number_in(place.line.text)):
        shifts: dict[int, list[_Place]] = defaultdict(list)
        for place in group:
            shifts[_value(_number_in(place.line.text)) - place.page].append(place)
        for counted in shifts.values():
            bare = all(_BARE.fullmatch(place.line.text) for place in counted)
            if len({place.page for place in counted}) >= (2 if bare else _LEAST_PAGES):
                for place in counted:
                    alone = _BARE.fullmatch(place.line.text)
                    place.line.rule = place.line.rule or (NUMBER if alone else RUNNING)


def _number_in(text: str) -> str:
    """The page number that a head or foot consists of, begins with or ends in."""
    if _BARE.fullmatch(text):
        return text
    found = re.match(r"(\d{1,4})\s+\D", text) or re.search(r"\D\s+(\d{1,4})$", text)
    return found.group(1) if found else ""


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    digits = [worth[letter] for letter in text.lower()]
    return sum(
        -digit if any(digit < later for later in digits[n + 1 :]) else digit
        for n, digit in enumerate(digits)
    )


def _mark_repeated(places: Sequence[_Place], pages: int) -> None:
    """The same words, numbers aside, at the same height: on many pages, or page after page."""
    alike: dict[str, list[_Place]] = defaultdict(list)
    for place in places:
        alike[_key(place.line.text)].append(place)
    for candidates in alike.values():
        for group in _by_height(candidates):
            numbers = sorted({place.page for place in group})
            often = _is_often(numbers, pages) or (pages == 2 and _is_small_pair(group))
            if often and not _is_bare_count(group):
                for place in group:
                    place.line.rule = place.line.rule or RUNNING


def _is_often(numbers: Sequence[int], pages: int) -> bool:
    if len(numbers) < _LEAST_PAGES:
        return False
    reach = numbers[-1] - numbers[0] + 1
    return len(numbers) >= _LEAST_DENSITY * min(pages, reach)


def _is_small_pair(group: Sequence[_Place]) -> bool:
    """On two pages only, words that come back must also be smaller than the text."""
    both = len({place.page for place in group}) == 2
    return both and all(place.line.size < place.body for place in group)


def _keep_inner(places: Sequence[_Place]) -> None:
    """What stands further in than a line of the text is text itself."""
    edges: dict[tuple[int, bool], list[_Place]] = defaultdict(list)
    for place in places:
        edges[place.page, place.is_top].append(place)
    for group in edges.values():
        kept = [place.height for place in group if not place.line.rule]
        for place in group:
            if kept and place.height > min(kept) + _SAME_HEIGHT:
                place.line.rule = ""


def _is_bare_count(group: Sequence[_Place]) -> bool:
    return all(not re.search(r"[^\W\d]", place.line.text) for place in group)


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", text)).lower()


def _by_height(places: Iterable[_Place]) -> list[list[_Place]]:
    groups: list[list[_Place]] = []
    for place in sorted(places, key=lambda place: (place.is_top, place.height)):
        last = groups[-1][-1] if groups else None
        near = last and place.is_top == last.is_top
        if last and near and place.height - last.height <= _SAME_HEIGHT:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups
