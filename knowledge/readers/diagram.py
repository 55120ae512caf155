"""SmartArt diagrams, whose text lives in a part of its own."""

from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from knowledge.readers.office import safe_parser
from knowledge.readers.spacing import joined

_DIAGRAM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DECORATIONS: Final = frozenset({"pres", "parTrans", "sibTrans"})


def diagram_texts(part: bytes) -> list[str]:
    """The texts of a diagram's points, in the order they were made."""
    root = etree.fromstring(part, safe_parser())
    texts: list[str] = []
    for point in [] if root is None else root.iter(f"{_DIAGRAM}pt"):
        if point.get("type") not in _DECORATIONS:
            texts.append(joined(map(_text, point.iter(f"{_DRAWING}p"))))
    return [text for text in texts if text]


def _text(paragraph: Element) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(f"{_DRAWING}t"))
