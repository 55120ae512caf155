"""Marks inside a line (bold, links, tags, footnote marks) taken off, each reported by its rule."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from knowledge.document import Drop, Span
from knowledge.readers.superscript import read_raised
from knowledge.readers.text_tags import TAG, breaks
from knowledge.readers.tidying import tidy
from knowledge.structure.placing import ENTITY

_SIGNS: Final = re.compile(r"[<*_`\\&~\[]")
_TOKEN: Final = re.compile(
    r"(?P<escape>\\[\\`*_{}\[\]()#+.!|>~<-])"
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?P<inner>[^`\n]+)(?P=ticks)(?!`))"
    r"|(?P<comment><!--.{0,1000}?-->)"
    r"|(?P<raised><sup>(?:<a\b[^<>]*>)?(?P<upper>[^<>]{1,40})(?:</a>)?</sup>)"
    r"|(?P<address><(?:https?://[^\s<>]+|mailto:[^\s<>]+|[^\s<>@/]{1,64}@[^\s<>@/]{1,255})>)"
    rf"|(?P<tag>{TAG})"
    r"|(?P<footnote>\[\^(?P<called>[^\]\s]{1,20})\])"
    r"|(?P<target>\]\((?P<place>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'][^\"'\n]*[\"'])?)\))"
    r"|(?P<bracket>!?\[)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<stars>\*{1,3}|_{1,3}|~~)",
    re.S,
)
_PUNCTUATION: Final = frozenset("、，。；：！？,.;:!?）)】」』》”’")
_FARTHEST: Final = 100


@dataclass(frozen=True, slots=True)
class Clean:
    """A line without its marks; `marks` are the footnote numbers it carried."""

    text: str
    marks: tuple[str, ...]
    drops: tuple[Drop, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """A stretch of the line, what is written for it, and the rule by which the rest goes."""

    start: int
    end: int
    instead: str = ""
    rule: str = ""


@dataclass
class _Line:
    """What was found in a line: edits, marks, and openers that wait for their closers."""

    raw: str
    edits: list[_Edit] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    waiting: list[re.Match[str]] = field(default_factory=list)

    def edit(self, start: int, end: int, instead: str = "", rule: str = "") -> None:
        self.edits.append(_Edit(start, end, instead, rule))

    def opener(self, *signs: str) -> re.Match[str] | None:
        """The last of these that waits; whatever opened after it stays as it is."""
        for place in range(len(self.waiting) - 1, max(len(self.waiting) - _FARTHEST, 0) - 1, -1):
            found = self.waiting[place]
            if found.group() in signs:
                del self.waiting[place:]
                return found
        return None


def clean(raw: str, offset: int = 0) -> Clean:
    """Take the marks off a line that begins at `offset` of its text."""
    if not _SIGNS.search(raw):
        return Clean(tidy(raw), (), ())
    line = _Line(raw)
    for token in _TOKEN.finditer(raw):
        _READ[token.lastgroup or ""](line, token)
    edits = sorted(line.edits, key=lambda edit: edit.start)
    drops = [Drop(e.rule, Span(offset + e.start, offset + e.end)) for e in edits if e.rule]
    return Clean(tidy("".join(_written(raw, edits))), tuple(line.marks), tuple(drops))


def _written(raw: str, edits: list[_Edit]) -> Iterator[str]:
    at = 0
    for edit in edits:
        yield raw[at : edit.start]
        yield edit.instead
        at = edit.end
    yield raw[at:]


def _escape(line: _Line, token: re.Match[str]) -> None:
    line.edit(token.start(), token.start() + 1)


def _code(line: _Line, token: re.Match[str]) -> None:
    line.edit(*token.span(), token["inner"])


def _comment(line: _Line, token: re.Match[str]) -> None:
    line.edit(*token.span(), rule="comment")


def _raised(line: _Line, token: re.Match[str]) -> None:
    before = line.raw[max(token.start() - 8, 0) : token.start()]
    text, marks = read_raised(before, token["upper"])
    line.marks += marks
    if marks:
        line.edit(*token.span(), rule="footnote mark")
        return
    line.edit(token.start(), token.start("upper"), rule="tag")
    line.edit(*token.span("upper"), text)
    line.edit(token.end("upper"), token.end(), rule="tag")


def _address(line: _Line, token: re.Match[str]) -> None:
    line.edit(token.start(), token.start() + 1)
    line.edit(token.end() - 1, token.end())


def _tag(line: _Line, token: re.Match[str]) -> None:
    line.edit(*token.span(), " " if breaks(token.group()) else "", rule="tag")


def _footnote(line: _Line, token: re.Match[str]) -> None:
    line.marks.append(token["called"])
    line.edit(*token.span(), rule="footnote mark")


def _wait(line: _Line, token: re.Match[str]) -> None:
    line.waiting.append(token)


def _target(line: _Line, token: re.Match[str]) -> None:
    opener = line.opener("[", "![")
    if opener:
        line.edit(*opener.span())
        line.edit(*token.span(), rule="link target")


def _entity(line: _Line, token: re.Match[str]) -> None:
    written = unescape(token.group())
    if written != token.group():
        line.edit(*token.span(), written, rule=ENTITY)


def _stars(line: _Line, token: re.Match[str]) -> None:
    """Bold and the like: only in pairs, so that 张**, 3*4 and file_name keep their signs."""
    sign = token.group()[0]
    before = line.raw[token.start() - 1 : token.start()] or " "
    after = line.raw[token.end() : token.end() + 1] or " "
    inside = (before + after).isascii() and before.isalnum() and after.isalnum()
    if sign in (before, after) or (inside and token.group() in {"*", "_", "__", "___"}):
        return
    opener = None if before.isspace() else line.opener(token.group())
    if opener and opener.end() < token.start():
        line.edit(*opener.span())
        line.edit(*token.span())
    elif not after.isspace() and not (after in _PUNCTUATION and not before.isspace()):
        line.waiting.append(token)


_READ: Final[Mapping[str, Callable[[_Line, re.Match[str]], None]]] = {
    "escape": _escape,
    "code": _code,
    "comment": _comment,
    "raised": _raised,
    "address": _address,
    "tag": _tag,
    "footnote": _footnote,
    "bracket": _wait,
    "target": _target,
    "entity": _entity,
    "stars": _stars,
}
