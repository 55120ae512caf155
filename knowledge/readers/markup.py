"""HTML that stands inside a text file: lines and cells that hold pieces of a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from knowledge.document import Drop, Span
from knowledge.readers.inline import clean
from knowledge.readers.text_tags import PARTING, name_of
from knowledge.source import Block, Role

_BULLET: Final = re.compile(r"[•●○■]\s*|\s·\s")
_PIECES: Final = re.compile(r"<(?:p|li|h[1-6])(?=[\s>])", re.I)


@dataclass
class Marked:
    """The blocks that a piece of HTML holds, and what was dropped from it."""

    blocks: list[Block] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)


def holds_pieces(raw: str) -> bool:
    """Does a line hold paragraphs, items or headings of a page?"""
    return "<" in raw and bool(_PIECES.search(raw))


def read_pieces(text: str, start: int, end: int, *, page: int) -> Marked:
    """The paragraphs, list items and headings between two places of a text."""
    marked = Marked()
    role, level = Role.TEXT, 0
    for piece in parted(text, start, end):
        if piece.tag:
            role, level = _role(piece.tag, role, level)
            marked.drops.append(Drop("tag", piece.span))
            continue
        raw = text[piece.span.start : piece.span.end]
        cleaned = clean(raw, piece.span.start)
        marked.drops += cleaned.drops
        if cleaned.text:
            span, marks = trimmed(raw, piece.span.start), cleaned.marks
            marked.blocks.append(
                Block(role, cleaned.text, span, level=level, page=page, marks=marks, gap=1)
            )
    return marked


def cell_parts(raw: str, offset: int) -> tuple[list[str], tuple[str, ...], list[Drop]]:
    """A cell's paragraphs and items, the footnote marks in it, and what was dropped."""
    parts: list[str] = []
    marks: list[str] = []
    drops: list[Drop] = []
    for piece in parted(raw, 0, len(raw)):
        place = Span(offset + piece.span.start, offset + piece.span.end)
        if piece.tag:
            drops.append(Drop("tag", place))
            continue
        for start, part in _items(raw[piece.span.start : piece.span.end]):
            cleaned = clean(part, place.start + start)
            drops += cleaned.drops
            marks += cleaned.marks
            parts += [cleaned.text] if cleaned.text else []
    return parts, tuple(marks), drops


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag that parts a page, by its name, or the text between two of them."""

    span: Span
    tag: str = ""
    written: str = ""


def parted(text: str, start: int, end: int) -> Iterator[Piece]:
    """The tags that part a text, and what stands between them."""
    at = start
    for tag in PARTING.finditer(text, start, end):
        if tag.start() > at:
            yield Piece(Span(at, tag.start()))
        yield Piece(Span(*tag.span()), name_of(tag.group()), tag.group())
        at = tag.end()
    if at < end:
        yield Piece(Span(at, end))


def _items(text: str) -> Iterator[tuple[int, str]]:
    """A text in a cell, parted where bullets stand in it."""
    at = 0
    for bullet in _BULLET.finditer(text):
        yield at, text[at : bullet.start()]
        at = bullet.end()
    yield at, text[at:]


def _role(tag: str, role: Role, level: int) -> tuple[Role, int]:
    """What stands after a tag, and after what stood before it."""
    if re.fullmatch(r"h[1-6]", tag):
        return Role.HEADING, int(tag[1])
    if tag == "li":
        return Role.ITEM, 1
    # A paragraph inside an item is part of that item.
    inside = role is Role.ITEM and tag in ("p", "/p", "br", "div", "/div")
    return (role, level) if inside else (Role.TEXT, 0)


def trimmed(raw: str, start: int) -> Span:
    """The place of a stretch without the white space around it."""
    return Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()))
