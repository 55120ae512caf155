"""What the styles of a Word document say of a paragraph: heading, title, contents, numbering."""

import re
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element as Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY_TEXT: Final = 9
_HEADING_NAME: Final = re.compile(
    r"(?:heading|标题|標題|見出し|제목|überschrift|titre|título|titolo|заголовок)\s*([1-9])", re.I
)
_CHINESE_NAME: Final = re.compile(r"([一二三四五六])级标题")
_LIST_NAME: Final = re.compile(r"list (?:bullet|number|continue) ([2-9])", re.I)
_TITLE_NAMES: Final = frozenset({"title", "标题", "標題", "文档标题", "公文标题"})
_CONTENTS_NAME: Final = re.compile(r"toc\s?(?:\d|heading)|目录\s*\d|wpsoffice手动目录", re.I)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits."""

    level: int | None = None
    is_title: bool = False
    is_contents: bool = False
    number: str | None = None
    depth: int | None = None
    nesting: int = 0
    is_centred: bool = False
    size: int | None = None


class Styles:
    """The paragraph styles of one document, by id."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self.usual = ""
        self.usual_size = 21
        for style in [] if root is None else root.iter(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._elements[name] = style
            if style.get(f"{W}type") == "paragraph" and is_on(style, "default"):
                self.usual = name
        if root is not None:
            declared = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
            self.usual_size = _half_points(declared) or self.usual_size

    def of(self, style_id: str | None) -> Style:
        """The style of that id; the document's usual one when there is none."""
        return self._read(style_id or self.usual, frozenset())

    def _read(self, style_id: str, seen: frozenset[str]) -> Style:
        if style_id in self._known:
            return self._known[style_id]
        element = self._elements.get(style_id)
        if element is None or style_id in seen or len(seen) > 20:
            return Style()
        base = self._read(value(element, "basedOn") or "", seen | {style_id})
        style = _own(element, base)
        self._known[style_id] = style
        return style


def _own(element: Element, base: Style) -> Style:
    name = value(element, "name") or ""
    properties = element.find(f"{W}pPr")
    level = outline_level(properties)
    if level is None:
        level = _level_by_name(name) or base.level
    number, depth = numbering(properties)
    alignment = None if properties is None else value(properties, "jc")
    return Style(
        level=level,
        is_title=name.lower() in _TITLE_NAMES or (base.is_title and name.lower() != "subtitle"),
        is_contents=bool(_CONTENTS_NAME.match(name)) or base.is_contents,
        number=base.number if number is None else number,
        depth=base.depth if depth is None else depth,
        nesting=_nesting(name) or base.nesting,
        is_centred=base.is_centred if alignment is None else alignment == "center",
        size=_half_points(element.find(f"{W}rPr")) or base.size,
    )


def _nesting(name: str) -> int:
    """“List Bullet 2” is a list of its own that stands one step in."""
    found = _LIST_NAME.fullmatch(name.strip())
    return int(found[1]) - 1 if found else 0


def _half_points(properties: Element | None) -> int | None:
    said = None if properties is None else value(properties, "sz")
    return int(said[:4]) if said and said.isdecimal() else None


def _level_by_name(name: str) -> int | None:
    found = _HEADING_NAME.fullmatch(name.strip())
    if found:
        return int(found[1])
    chinese = _CHINESE_NAME.fullmatch(name.strip())
    return "一二三四五六".index(chinese[1]) + 1 if chinese else None


def outline_level(properties: Element | None) -> int | None:
    """The level that paragraph properties give: 1 to 9, 0 for body text, None when silent."""
    said = None if properties is None else value(properties, "outlineLvl")
    if said is None or not said.isdecimal():
        return None
    return int(said) + 1 if said < str(_BODY_TEXT) and len(said) == 1 else 0


def numbering(properties: Element | None) -> tuple[str | None, int | None]:
    """The list a paragraph belongs to and its depth there, each None when not said."""
    said = None if properties is None else properties.find(f"{W}numPr")
    if said is None:
        return None, None
    depth = value(said, "ilvl")
    return value(said, "numId"), int(depth[:2]) if depth and depth.isdecimal() else None


def value(element: Element, name: str) -> str | None:
    """`<w:name w:val="...">` inside an element."""
    child = element.find(f"{W}{name}")
    said: str | None = None if child is None else child.get(f"{W}val")
    return said


def is_on(element: Element, attribute: str = "val") -> bool:
    """An on-off attribute, which may be written in five ways."""
    return element.get(f"{W}{attribute}", "0") in {"1", "true", "on"}
