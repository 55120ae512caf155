"""Plain text and Markdown, which in practice come mixed: line by line, each with its span."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Final

from knowledge.document import Drop, Span
from knowledge.readers.inline import clean
from knowledge.readers.markup import blob_blocks, is_blob, tables_in
from knowledge.source import Block, Role, Source, row_text
from knowledge.structure.ladder import rung_of

_HEADING: Final = re.compile(r"(#{1,12})(?:\s+|(?=[^#\s\w-]|[\u3400-\u9fff]))(?P<title>.*?)\s*#*$")
_BULLET: Final = re.compile(r"(?P<indent>\s*)(?:[-+•●○■◆▪‣·◇□►➢※]|\*(?!\*))[ \t\u3000]+(?=\S)")
_RULER: Final = re.compile(r"\s*(?:[-*_=—]\s*){3,}$")
_QUOTE: Final = re.compile(r"\s*(?:>\s?)+")
_FENCE: Final = re.compile(r"\s*(```|~~~)")
_PARTS: Final = re.compile(r"(?i)</?(?:li|p|ul|ol|br)\b[^>]*>|[•●○■]\s*|\s·\s")
_PIPES: Final = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$")


@dataclass
class _State:
    """What the scanner knows between two lines."""

    blocks: list[Block] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)
    gap: int = 0
    page: int = 1
    table: int = -1
    in_table: bool = False
    fenced: bool = False


def read_lines(text: str) -> Source:
    """A text with or without Markdown marks, as blocks."""
    state = _State()
    lines = list(_lines(text))
    html = tables_in(text)
    skip_until = 0
    for number, (start, raw) in enumerate(lines):
        if start < skip_until:
            continue
        if start in html:
            skip_until = _html_table(state, html[start])
            continue
        following = lines[number + 1][1] if number + 1 < len(lines) else ""
        _line(state, start, raw, following)
    blocks = _mark_wrapped(state.blocks)
    pages = state.page if state.page > 1 else None
    if pages is None:
        blocks = [replace(block, page=None) for block in blocks]
    return Source(text, tuple(blocks), pages=pages, drops=tuple(state.drops))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _line(state: _State, start: int, raw: str, following: str) -> None:
    state.page += raw.count("\f")
    if not raw.strip():
        state.gap += 1
        state.in_table = False
        return
    if _FENCE.match(raw):
        state.fenced = not state.fenced
        return
    if _RULER.match(raw) and not state.in_table:
        _underlined(state, raw)
        return
    if not state.fenced and (
        _as_row(state, start, raw, following) or _as_heading(state, start, raw)
    ):
        return
    _as_text(state, start, raw)


def _add(state: _State, role: Role, start: int, raw: str, level: int = 0) -> None:
    cleaned = clean(raw, start)
    state.drops += cleaned.drops
    if cleaned.text:
        span = _trimmed(start, raw)
        state.blocks.append(
            Block(
                role, cleaned.text, span, level=level, page=state.page,
                marks=cleaned.marks, gap=state.gap,
            )
        )  # fmt: skip
    state.gap = 0
    state.in_table = False


def _trimmed(start: int, raw: str) -> Span:
    lead = len(raw) - len(raw.lstrip())
    return Span(start + lead, start + len(raw.rstrip()))


def _underlined(state: _State, raw: str) -> None:
    """A line of === or --- makes the line above it a heading; alone it means nothing."""
    last = state.blocks[-1] if state.blocks else None
    if last and not state.gap and last.role is Role.TEXT and raw.strip()[0] in "=-":
        level = 1 if raw.strip()[0] == "=" else 2
        state.blocks[-1] = replace(last, role=Role.HEADING, level=level)


def _as_heading(state: _State, start: int, raw: str) -> bool:
    found = _HEADING.match(raw.strip())
    if not found or not found["title"]:
        return False
    title = raw.index(found["title"])
    _add(state, Role.HEADING, start + title, raw[title:].rstrip("# \t"), level=len(found[1]))
    return True


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


def _as_row(state: _State, start: int, raw: str, following: str) -> bool:
    cells = _cells(raw)
    if cells is None:
        return False
    if is_blob(cells):
        blocks, drops = blob_blocks(raw, start, state.page)
        state.blocks += blocks
        state.drops += drops
        state.in_table = False
        state.gap = 0
        return True
    if _PIPES.match(raw):
        return state.in_table
    begins = not state.in_table
    if begins and _cells(following) is None and "\t" in raw:
        return False
    if begins:
        state.table += 1
    written = [_cell(cell, start, raw, state) for cell in cells]
    marks = tuple(mark for _, marks in written for mark in marks)
    block = Block(
        Role.ROW,
        row_text(tuple(parts for parts, _ in written)),
        _trimmed(start, raw),
        page=state.page,
        table=state.table,
        cells=tuple(parts for parts, _ in written),
        is_header=begins and bool(_PIPES.match(following)),
        marks=marks,
        gap=state.gap,
    )
    if block.text:
        state.blocks.append(block)
    state.gap, state.in_table = 0, True
    return True


def _cells(raw: str) -> list[str] | None:
    """The cells of a line that is a row: parted by tabs, or by bars that frame it."""
    bare = raw.strip(" ")
    if "\t" in bare.lstrip("\t") or bare.count("\t") > 1:
        cells = bare.split("\t")
        filled = [cell.strip() for cell in cells if cell.strip()]
        rung = rung_of(filled[0]) if filled else None
        runs_on = rung is not None and not rung.rest and len(filled) == 2
        return None if not filled or runs_on or _HEADING.match(bare) else cells
    if bare.startswith("|") and bare.count("|") > 1:
        return re.split(r"(?<!\\)\|", bare.strip().strip("|"))
    return None


def _cell(
    cell: str, start: int, raw: str, state: _State
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A cell's parts (its paragraphs or list items) and footnote marks."""
    offset = start + max(raw.find(cell), 0)
    pieces = _PARTS.split(cell)
    parts: list[str] = []
    marks: list[str] = []
    for piece in pieces:
        cleaned = clean(piece, offset + max(cell.find(piece), 0))
        state.drops += cleaned.drops
        marks += cleaned.marks
        text = cleaned.text.lstrip("•●○■· ").strip()
        if text:
            parts.append(text)
    return tuple(parts), tuple(marks)


def _html_table(state: _State, rows: list[Block]) -> int:
    state.table += 1
    state.blocks += [replace(row, table=state.table, page=state.page) for row in rows]
    state.gap, state.in_table = 0, False
    return rows[-1].level if rows else 0


_ENDED: Final = re.compile(r"[。！？!?；;：:.…]['\"”’）)\]］】]*$")


def _mark_wrapped(blocks: list[Block]) -> list[Block]:
    """Lines broken at a fixed width mean nothing; a text is so when most lines end nowhere."""
    lines = [b for b in blocks if b.role is Role.TEXT]
    inner = [b for b in lines if len(b.text) > 8]
    if len(inner) < 12:
        return blocks
    lengths = [_width(b.text) for b in inner]
    middle = median(lengths)
    near = sum(abs(n - middle) <= max(4, middle * 0.15) for n in lengths) / len(lengths)
    open_ended = sum(not _ENDED.search(b.text) for b in inner) / len(inner)
    if middle > 110 or near < 0.6 or open_ended < 0.6:
        return blocks
    return [replace(b, wrapped=True) if b.role is Role.TEXT else b for b in blocks]


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
