"""Stretches of a text file that are read as a whole: code, comments, tables of tags."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from knowledge.document import Drop, Span
from knowledge.readers.markup import Marked, trimmed
from knowledge.readers.text_tables import read_table, table_end
from knowledge.source import Block, Role

_FENCE: Final = re.compile(r"[ \t]*(`{3,}|~{3,})(?P<language>[^`\n]*)$")
_OPENING: Final = re.compile(r"<(?:table|script|style)(?=[\s>])|<!--", re.I)
_MATTER: Final = re.compile(r"---[ \t]*\n((?:[\w-]+[ \t]*:.*\n|[ \t#-].*\n)*?)---[ \t]*(?:\n|$)")
_TITLE: Final = re.compile(r"^title[ \t]*:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.M)


class Matter(NamedTuple):
    """Lines of keys at the head of a Markdown file: where they end, and the title they give."""

    end: int
    title: str = ""


def front_matter(text: str) -> Matter:
    """The keys between --- and ---, when a text begins with them."""
    found = _MATTER.match(text)
    if not found or ":" not in found[1]:
        return Matter(0)
    title = _TITLE.search(found[1])
    return Matter(found.end(), title[1] if title else "")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch, and how to read it: given the text and the number of its table."""

    start: int
    end: int
    read: Callable[[str, int], Marked]
    tables: bool = False


class Regions:
    """Finds the region that begins in a line; remembers which kind never ends any more."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._endless: set[str] = set()

    def at(self, start: int, end: int) -> Region | None:
        line_start = self._text[start : start + 1]
        if line_start in "`~ \t" and line_start:
            fence = _FENCE.match(self._text, start, end)
            if fence:
                return self._code(fence)
        if self._text.find("<", start, end) < 0:
            return None
        opening = _OPENING.search(self._text, start, end)
        return self._marked(opening, end) if opening else None

    def _code(self, fence: re.Match[str]) -> Region | None:
        """A block of code, or a fence that nothing closes, which means nothing."""
        closing = re.compile(rf"^[ \t]*{fence[1]}+[ \t]*$", re.M)
        found = self._search(closing, fence.end(), fence[1])
        opened = Drop("code fence", Span(*fence.span("language")))
        if found is None:
            return Region(fence.start(), fence.end(), lambda _text, _table: Marked([], [opened]))
        inner = Span(fence.end(), found.start())

        def read(text: str, _table: int) -> Marked:
            code = text[inner.start : inner.end]
            lines = [line.rstrip() for line in code.split("\n")]
            written = "\n".join(lines).strip("\n").strip()
            block = Block(Role.TEXT, written, trimmed(code, inner.start), gap=1)
            return Marked([block] if written else [], [opened])

        return Region(fence.start(), found.end(), read)

    def _marked(self, opening: re.Match[str], line_end: int) -> Region | None:
        kind = opening.group().lower()
        if kind == "<table":
            end = -1 if kind in self._endless else table_end(self._text, opening.start())
            if end < 0:
                self._endless.add(kind)
                return None
            return _table(opening.start(), end)
        closing = r"-->" if kind == "<!--" else rf"</{kind[1:]}\s*>"
        found = self._search(re.compile(closing, re.I), opening.end(), kind)
        if found is None or (kind == "<!--" and found.end() <= line_end):
            return None
        rule = "comment" if kind == "<!--" else "script"
        drop = Drop(rule, Span(opening.start(), found.end()))
        return Region(opening.start(), found.end(), lambda _text, _table: Marked([], [drop]))

    def _search(self, closing: re.Pattern[str], start: int, kind: str) -> re.Match[str] | None:
        if kind in self._endless:
            return None
        found = closing.search(self._text, start)
        if found is None:
            self._endless.add(kind)
        return found


def _table(start: int, end: int) -> Region:
    def read(text: str, table: int) -> Marked:
        return read_table(text, start, end, table=table, page=1)

    return Region(start, end, read, tables=True)
