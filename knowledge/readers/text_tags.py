"""The tags of web pages where they stand inside a text file."""

import re
from typing import Final

from knowledge.readers.page_tags import BLOCKS

_INLINE: Final = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "col", "colgroup", "data",
        "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark", "nobr", "q", "rb", "rp",
        "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
        "tt", "u", "var", "wbr", "audio", "video", "source", "iframe", "picture", "svg", "path",
        "script", "style", "link", "meta", "title", "head", "noscript", "embed", "object",
    }
)  # fmt: skip
_BREAKS: Final = BLOCKS | {"br", "img"}


def _tags(names: frozenset[str]) -> str:
    return rf"</?(?i:{'|'.join(sorted(names, key=len, reverse=True))})(?=[\s/>])[^<>]*>"


TAG: Final = _tags(BLOCKS | _INLINE)
# Those that part a page into paragraphs, items and cells.
PARTING: Final = re.compile(_tags((BLOCKS | {"br", "col", "colgroup"}) - {"button", "label"}))
_NAME: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")


def name_of(tag: str) -> str:
    """The name of a tag, with a slash in front where it closes."""
    found = _NAME.match(tag)
    slash = "/" if tag.startswith("</") else ""
    return slash + found[1].lower() if found else ""


def breaks(tag: str) -> bool:
    """Do the words on both sides of a tag stand apart?"""
    return name_of(tag).lstrip("/") in _BREAKS
