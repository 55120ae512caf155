"""What surrounds a line of a web page: headings, lists, definitions, preformatted text."""

import re
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element as Element

from knowledge.readers.numerals import numeral
from knowledge.readers.page_tags import HEADINGS, LISTS

_TYPES: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_COUNT: Final = re.compile(r"\d{1,6}")


@dataclass
class _List:
    writing: str = ""
    count: int = 0


@dataclass
class State:
    """Follows the walk through a page; `label` waits for the first line of an item."""

    heading: int = 0
    pre: int = 0
    label: str | None = None
    in_term: bool = False
    terms: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return max(len(self.lists), 1)

    def enter(self, element: Element) -> None:
        tag = element.tag
        if tag in HEADINGS:
            self.heading = HEADINGS[tag]
        elif tag == "pre":
            self.pre += 1
        elif tag in LISTS:
            self.lists.append(_list(element))
        elif tag == "dt":
            self.in_term = True
        elif tag in ("li", "dd"):
            self.label = self._number(element) if tag == "li" else ""

    def leave(self, element: Element) -> None:
        tag = element.tag
        if tag in HEADINGS:
            self.heading = 0
        elif tag == "pre":
            self.pre -= 1
        elif tag in LISTS and self.lists:
            self.lists.pop()
        elif tag == "dt":
            self.in_term = False
        elif tag in ("li", "dd"):
            self.label = None

    def _number(self, element: Element) -> str:
        """The number of an ordered list's item, as a browser shows it."""
        if not self.lists or not self.lists[-1].writing:
            return ""
        around = self.lists[-1]
        said = element.get("value") or ""
        around.count = int(said) if _COUNT.fullmatch(said) else around.count + 1
        return numeral(around.count, around.writing) + "."


def _list(element: Element) -> _List:
    if element.tag != "ol":
        return _List()
    start = element.get("start") or ""
    first = int(start) if _COUNT.fullmatch(start) else 1
    return _List(_TYPES.get(element.get("type") or "", "decimal"), first - 1)
