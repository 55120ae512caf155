"""Word's automatic numbers: counted as Word counts, written as a person sees them."""

import re
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element as Element

from knowledge.readers.numerals import numeral
from knowledge.readers.word_styles import Styles, W, is_on, value

_DEEPEST: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in front of a numbered paragraph; a bullet has no text."""

    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    writing: str = "decimal"
    pattern: str = ""
    restarts_after: int | None = None
    is_plain: bool = False
    is_bullet: bool = False


@dataclass
class _List:
    """One definition of levels and how far each has counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    styles: dict[str, int] = field(default_factory=dict)
    linked_style: str | None = None
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document; `label` must be called for its paragraphs in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._begun: set[tuple[str, int]] = set()
        self._levels: dict[tuple[str, int], _Level] = {}
        if root is not None:
            self._read(root)

    def label(self, number: str | None, depth: int | None, style_id: str | None) -> Label | None:
        """The label of the next paragraph that has these numbering properties."""
        style = self._styles.of(style_id)
        by_style = number is None
        number = style.number if by_style else number
        found = self._list(number)
        if number is None or found is None:
            return None
        if depth is None:
            depth = found.styles.get(style_id or "", style.depth or 0) if by_style else 0
        depth = min(depth, _DEEPEST - 1)
        level = self._level(number, found, depth)
        if level is None:
            return None
        shown_depth = depth + 1 + style.nesting
        if level.is_bullet:
            return Label("", shown_depth)
        self._count(number, found, depth, level)
        text = self._written(number, found, level)
        return Label(text, shown_depth) if text else None

    def _count(self, number: str, found: _List, depth: int, level: _Level) -> None:
        start = self._starts.get((number, depth))
        begins = (number, depth) not in self._begun or depth not in found.counts
        self._begun.add((number, depth))
        if start is not None and begins:
            found.counts[depth] = start
        else:
            found.counts[depth] = found.counts.get(depth, level.start - 1) + 1
        for deeper in [place for place in found.counts if place > depth]:
            restarts_after = found.levels.get(deeper, _Level()).restarts_after
            if restarts_after is None or depth < restarts_after:
                del found.counts[deeper]

    def _written(self, number: str, found: _List, level: _Level) -> str:
        def place(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            other = self._level(number, found, depth) or _Level()
            writing = "decimal" if level.is_plain else other.writing
            count = found.counts.setdefault(depth, other.start)
            return "" if writing == "none" else numeral(count, writing)

        return _PLACE.sub(place, level.pattern).strip()

    def _list(self, number: str | None) -> _List | None:
        found = self._lists.get(self._numbers.get(number or "", ""))
        if found is not None and not found.levels and found.linked_style:
            linked = self._styles.of(found.linked_style).number
            return self._lists.get(self._numbers.get(linked or "", ""), found)
        return found

    def _level(self, number: str, found: _List, depth: int) -> _Level | None:
        return self._levels.get((number, depth)) or found.levels.get(depth)

    def _read(self, root: Element) -> None:
        for element in root.iter(f"{W}abstractNum"):
            found = _List(linked_style=value(element, "numStyleLink"))
            for level in element.findall(f"{W}lvl"):
                depth = _number(level.get(f"{W}ilvl"), 0)
                found.levels[depth] = _read_level(level)
                found.styles[value(level, "pStyle") or ""] = depth
            self._lists[element.get(f"{W}abstractNumId", "")] = found
        for element in root.iter(f"{W}num"):
            number = element.get(f"{W}numId", "")
            self._numbers[number] = value(element, "abstractNumId") or ""
            for override in element.findall(f"{W}lvlOverride"):
                self._override(number, override)

    def _override(self, number: str, override: Element) -> None:
        depth = _number(override.get(f"{W}ilvl"), 0)
        start = value(override, "startOverride")
        if start is not None:
            self._starts[number, depth] = _number(start, 1)
        level = override.find(f"{W}lvl")
        if level is not None:
            self._levels[number, depth] = _read_level(level)


def _read_level(level: Element) -> _Level:
    writings = [found.get(f"{W}val", "") for found in level.iter(f"{W}numFmt")]
    writing = next((name for name in reversed(writings) if name), "decimal")
    pattern = level.find(f"{W}lvlText")
    plain = level.find(f"{W}isLgl")
    restart = value(level, "lvlRestart")
    return _Level(
        start=_number(value(level, "start"), 0),
        writing=writing,
        pattern="" if pattern is None else pattern.get(f"{W}val", ""),
        restarts_after=None if restart is None else _number(restart, 0),
        is_plain=plain is not None and (plain.get(f"{W}val") is None or is_on(plain)),
        is_bullet=writing == "bullet" or level.find(f"{W}lvlPicBulletId") is not None,
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text[:9]) if text and text.lstrip("-").isdecimal() else otherwise
