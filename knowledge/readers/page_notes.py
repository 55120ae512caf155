"""Footnotes of web pages and books: links that call a note, and the blocks that are notes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element as Element

from knowledge.readers.page_tags import BLOCKS
from knowledge.readers.spacing import tidy
from knowledge.readers.superscript import mark_name

_MARK: Final = re.compile(
    r"[\[［〔(（【]?\s*(?:注\s*)?(\d{1,3}|[①-⑳]|[*＊†‡]{1,3}|[ivx]{1,5})\s*[\]］〕)）】]?"
)
_BACK: Final = re.compile(r"[\s^↑↩⏎︎\ufe0e\ufe0f]*|返回|.{0,3}" + _MARK.pattern + r"[.．、]?")
_TYPES: Final = ("epub:type", "{http://www.idpf.org/2007/ops}type", "role")


@dataclass
class PageNotes:
    """Which links are marks, which blocks are notes, which links lead back."""

    marks: dict[Element, str] = field(default_factory=dict)
    notes: dict[Element, str] = field(default_factory=dict)
    backs: set[Element] = field(default_factory=set)


def find_notes(body: Element) -> PageNotes:
    """Links to a later place that look like marks call notes; links back belong to the notes."""
    order = {element: number for number, element in enumerate(body.iter())}
    targets = _targets(order)
    found = PageNotes()
    for link in body.iter("a"):
        href = link.get("href") or ""
        target = targets.get(href[1:]) if href.startswith("#") else None
        if target is None:
            continue
        if order[target] > order[link]:
            _call(link, target, found)
        elif _block_of(link) in found.notes and _BACK.fullmatch(tidy(_text(link))):
            found.backs.add(link)
    return found


def _targets(elements: Iterable[Element]) -> dict[str, Element]:
    targets: dict[str, Element] = {}
    for element in elements:
        for name in (element.get("id"), element.get("name")):
            if name:
                targets.setdefault(name, element)
    return targets


def without_mark(text: str, mark: str) -> str:
    """A note's text without the mark it begins with."""
    begins = re.match(rf"[\[［〔(（【]?\s*{re.escape(mark)}\s*[\]］〕)）】.．、:：]+\s*", text)
    return text[begins.end() :] if begins else text


def _call(link: Element, target: Element, found: PageNotes) -> None:
    mark = _MARK.fullmatch(tidy(_text(link)))
    if mark is None or not _is_raised(link):
        return
    block = _block_of(target)
    if block is None or block is _block_of(link) or block.tag in ("body", "section", "table"):
        return
    found.marks[link] = mark_name(mark[1])
    found.notes.setdefault(block, mark_name(mark[1]))


def _is_raised(link: Element) -> bool:
    """Small above the line, in brackets, or a note by its own word."""
    if any("noteref" in (link.get(name) or "") for name in _TYPES):
        return True
    inside = next(link.iter("sup"), None) is not None
    around = any(above.tag == "sup" for above in link.iterancestors() if above.tag not in BLOCKS)
    return inside or around or not tidy(_text(link)).isalnum()


def _block_of(element: Element) -> Element | None:
    for above in (element, *element.iterancestors()):
        if above.tag in BLOCKS:
            # The paragraph inside a list item is the item's.
            parent = above.getparent()
            is_item = above.tag == "p" and parent is not None and parent.tag in ("li", "aside")
            return parent if is_item else above
    return None


def _text(element: Element) -> str:
    return "".join(element.itertext())
