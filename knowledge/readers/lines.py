"""Plain text and Markdown, which in practice come mixed: line by line, each with its span."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from knowledge.document import Drop, Span
from knowledge.readers.inline import clean
from knowledge.readers.line_rows import Row, is_rule, read_row, row_of
from knowledge.readers.line_widths import mark_wrapped
from knowledge.readers.markup import Marked, holds_pieces, read_pieces, trimmed
from knowledge.readers.regions import Region, Regions, front_matter
from knowledge.source import Block, Role, Source

_HEADING: Final = re.compile(
    r"(#{1,12})(?:\s+|(?=[\u3400-\u9fff“《（【])(?![^#\s]+#))(?P<title>.*?)(?:\s+#+)?\s*$"
)
_BULLET: Final = re.compile(r"(?P<indent>\s*)(?:[-+•●○■◆▪‣·◇□►➢※]|\*(?!\*))[ \t\u3000]+(?=\S)")
_RULER: Final = re.compile(r"\s*(?:([-*_=—])\s*)(?:\1\s*){2,}$")
_QUOTE: Final = re.compile(r"\s*(?:>\s?)+")
_NOTE: Final = re.compile(r"\s*\[\^(?P<key>[^\]\s]{1,20})\]:\s*(?=\S)")
_REFERENCE: Final = re.compile(r"\s{0,3}\[[^\]\n]{1,60}\]:\s+<?\S+>?(?:\s+[\"'(].*[\"')])?\s*$")
_LONGEST_TITLE: Final = 80
_LONGEST_MARKED: Final = 200_000


@dataclass
class _State:
    """What the scanner knows between two lines."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)
    gap: int = 0
    page: int = 1
    table: int = -1
    in_table: bool = False

    def add(self, block: Block) -> None:
        """Take a block as the next; the lines after it stand right below it."""
        self.blocks.append(replace(block, page=self.page, gap=max(block.gap, self.gap)))
        self.gap = 0


def read_lines(text: str) -> Source:
    """A text with or without Markdown marks, as blocks."""
    state = _State(text)
    regions = Regions(text)
    matter = front_matter(text)
    at = matter.end
    if matter.end:
        state.drops.append(Drop("front matter", Span(0, matter.end)))
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        region = regions.at(at, end)
        if region is None:
            _line(state, at, end)
            at = end + 1
        else:
            at = _region(state, region, at)
    blocks = mark_wrapped(state.blocks)
    pages = state.page if state.page > 1 else None
    if pages is None:
        blocks = [replace(block, page=None) for block in blocks]
    return Source(text, tuple(blocks), matter.title, pages=pages, drops=tuple(state.drops))


def _region(state: _State, region: Region, at: int) -> int:
    """Take what runs over several lines: code, a comment, a table of tags."""
    if region.start > at:
        _line(state, at, region.start)
    state.page += state.text.count("\f", region.start, region.end)
    if region.tables:
        state.table += 1
    marked = region.read(state.text, state.table)
    _take(state, marked)
    state.gap = max(state.gap, 1)
    return region.end


def _take(state: _State, marked: Marked) -> None:
    state.drops += marked.drops
    for block in marked.blocks:
        state.add(block)
    state.in_table = False


def _line(state: _State, start: int, end: int) -> None:
    raw = state.text[start:end]
    bare = raw.lstrip()
    state.page += raw.count("\f", 0, len(raw) - len(bare))
    if not bare:
        state.gap += 1
        state.in_table = False
        return
    if len(raw) > _LONGEST_MARKED:
        state.add(Block(Role.TEXT, raw.strip(), trimmed(raw, start)))
    elif not (
        _as_row(state, start, end, raw)
        or _as_ruler(state, raw)
        or _as_heading(state, start, raw, bare)
        or _as_pieces(state, start, end, raw)
        or _as_note(state, start, raw)
    ):
        _as_text(state, start, raw)
    state.page += bare.count("\f")


def _add(state: _State, role: Role, start: int, raw: str, level: int = 0) -> None:
    cleaned = clean(raw, start)
    state.drops += cleaned.drops
    state.in_table = False
    if cleaned.text:
        span = trimmed(raw, start)
        state.add(Block(role, cleaned.text, span, level=level, marks=cleaned.marks))
    else:
        state.gap += 1


def _as_ruler(state: _State, raw: str) -> bool:
    """A line of === or --- makes the line above it a heading; alone it means nothing."""
    ruler = _RULER.match(raw)
    if not ruler:
        return False
    last = state.blocks[-1] if state.blocks else None
    if last and not state.gap and last.role is Role.TEXT and ruler[1] in "=-":
        titled = len(last.text) <= _LONGEST_TITLE and not last.text.endswith("。")
        if titled:
            level = 1 if ruler[1] == "=" else 2
            state.blocks[-1] = replace(last, role=Role.HEADING, level=level)
    state.gap += 1
    return True


def _as_heading(state: _State, start: int, raw: str, bare: str) -> bool:
    found = _HEADING.match(bare.rstrip()) if bare[0] == "#" else None
    if not found or not found["title"]:
        return False
    title = start + len(raw) - len(bare) + found.start("title")
    _add(state, Role.HEADING, title, found["title"], level=len(found[1]))
    return True


def _as_row(state: _State, start: int, end: int, raw: str) -> bool:
    if "\t" not in raw and "|" not in raw:
        return False
    if state.in_table and is_rule(raw):
        return True
    below = state.text.find("\n", end + 1)
    following = state.text[end + 1 : below if below >= 0 else len(state.text)]
    row = row_of(raw, following, in_table=state.in_table)
    if row is None:
        return False
    if len(row.filled) == 1 and holds_pieces(raw):
        _take(state, read_pieces(state.text, start, end, page=state.page))
        return True
    _add_row(state, row, start, raw, is_header=not state.in_table and is_rule(following))
    return True


def _add_row(state: _State, row: Row, start: int, raw: str, *, is_header: bool) -> None:
    if not state.in_table:
        state.table += 1
    block, drops = read_row(row, start, raw)
    state.drops += drops
    if block.text:
        state.add(replace(block, table=state.table, is_header=is_header))
    state.in_table = True


def _as_pieces(state: _State, start: int, end: int, raw: str) -> bool:
    if not holds_pieces(raw):
        return False
    _take(state, read_pieces(state.text, start, end, page=state.page))
    return True


def _as_note(state: _State, start: int, raw: str) -> bool:
    """[^1]: … explains what [^1] marks; [1]: address only says where a link leads."""
    note = _NOTE.match(raw) if "[^" in raw else None
    if note:
        state.drops.append(Drop("footnote mark", Span(start, start + note.end())))
        _add(state, Role.NOTE, start + note.end(), raw[note.end() :])
        if state.blocks and state.blocks[-1].role is Role.NOTE:
            state.blocks[-1] = replace(state.blocks[-1], marks=(note["key"],))
        return True
    if "]:" in raw and _REFERENCE.match(raw):
        state.drops.append(Drop("link target", trimmed(raw, start)))
        return True
    return False


def _as_text(state: _State, start: int, raw: str) -> None:
    quoted = _QUOTE.match(raw)
    if quoted:
        start, raw = start + quoted.end(), raw[quoted.end() :]
    bullet = _BULLET.match(raw)
    if bullet:
        depth = 1 + len(bullet["indent"].replace("\t", "    ")) // 2
        _add(state, Role.ITEM, start + bullet.end(), raw[bullet.end() :], level=depth)
    else:
        _add(state, Role.TEXT, start, raw)
