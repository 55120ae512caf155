"""Web pages (HTML): the main content, with everything left out kept as boilerplate."""

import re
from typing import Final

from lxml.etree import _Element as Element

from foundation.errors import UnreadableDocument
from knowledge.readers.grid import write_table
from knowledge.readers.page_cleaning import boilerplate
from knowledge.readers.page_flow import Flow
from knowledge.readers.page_notes import PageNotes, find_notes
from knowledge.readers.page_parsing import parse_page
from knowledge.readers.page_tables import cells_in, holds_data
from knowledge.readers.spacing import joined
from knowledge.source import Role, Source, SourceBuilder

_PARTED: Final = re.compile(r"\s*[_|｜]\s*|\s+[-–—·»>]+\s+|--+|(?<=[^\x00-\x7f])-(?=[^\x00-\x7f])")


def read_page(data: bytes) -> Source:
    """A web page as blocks."""
    root = parse_page(data)
    body = root.find("body")
    body = root if body is None else body
    declared = joined(["".join(title.itertext()) for title in root.iter("title")][:1])
    heading = _title_heading(body, declared)
    notes = find_notes(body)
    kept = [*notes.notes, *([] if heading is None else [heading])]
    builder = SourceBuilder()
    write_flow(builder, body, notes, boilerplate(body, kept))
    source = builder.build()
    if all(block.role is Role.FURNITURE for block in source.blocks):
        raise UnreadableDocument(
            "The page has no text of its own: open it in a browser and save it as PDF."
        )
    title = joined(heading.itertext()) if heading is not None else _said(declared, source)
    return builder.build(title=title)


def write_flow(
    builder: SourceBuilder, body: Element, notes: PageNotes, dropped: frozenset[Element]
) -> None:
    """Everything under `body`, tables of data as tables."""

    def read_table(table: Element) -> bool:
        if not holds_data(table):
            return False
        for caption in table.iterchildren("caption"):
            builder.add(Role.TEXT, joined(caption.itertext()))
        write_table(builder, cells_in(table, notes))
        return True

    Flow(builder, notes, dropped, read_table).walk(body)


def _title_heading(body: Element, declared: str) -> Element | None:
    """The h1 that the page's title names, which may stand outside of the content."""
    parts = [_squeezed(part) for part in _PARTED.split(declared) if part]
    least = max(map(len, parts), default=0) / 2
    named = {
        heading: len(text)
        for heading in body.iter("h1")
        if (text := _squeezed("".join(heading.itertext()))) and text in _squeezed(declared)
    }
    best = max(named, key=lambda heading: named[heading], default=None)
    return best if best is not None and named[best] >= least else None


def _said(declared: str, source: Source) -> str:
    """The title, or the part of it that stands in the text when the rest names the site."""
    texts = {_squeezed(block.text) for block in source.blocks if block.role is not Role.FURNITURE}
    for part in _PARTED.split(declared):
        if part and _squeezed(part) in texts:
            return part
    return declared


def _squeezed(text: str) -> str:
    return "".join(text.split())
