"""Which paragraphs of a slide carry bullets or numbers, as its layout and master say."""

import re
from collections.abc import Sequence
from typing import Final

from lxml.etree import _Element as Element

from knowledge.readers.numerals import numeral

A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WRITINGS: Final = {
    "arabic": "decimal",
    "arabicDb": "decimalFullWidth",
    "romanUc": "upperRoman",
    "romanLc": "lowerRoman",
    "alphaUc": "upperLetter",
    "alphaLc": "lowerLetter",
    "ea1Chs": "chineseCountingThousand",
    "ea1Cht": "chineseCountingThousand",
    "ea1JpnChsDb": "chineseCountingThousand",
    "ea1JpnKor": "chineseCountingThousand",
    "circleNumDb": "decimalEnclosedCircle",
    "circleNumWdBlack": "decimalEnclosedCircle",
    "circleNumWdWhite": "decimalEnclosedCircle",
}
_DRESS: Final = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Plain": "{}"}
_BULLETS: Final = tuple(f"{A}{name}" for name in ("buNone", "buChar", "buAutoNum", "buBlip"))
_SCHEME: Final = re.compile(r"(\w+?)(Period|ParenR|ParenBoth|Plain)$")


class Bullets:
    """The bullets of one text box; `label` must be called for its paragraphs in order."""

    def __init__(self, styles: Sequence[Element]) -> None:
        """`styles` are the list styles that apply, the nearest first."""
        self._styles = styles
        self._counts: dict[int, int] = {}

    def label(self, properties: Element | None, depth: int) -> str | None:
        """What stands before the paragraph: a number, nothing for a bullet, None without either."""
        bullet = self._bullet(properties, depth)
        for deeper in [place for place in self._counts if place > depth]:
            del self._counts[deeper]
        if bullet is None or bullet.tag == f"{A}buNone":
            self._counts.pop(depth, None)
            return None
        if bullet.tag != f"{A}buAutoNum":
            return ""
        start = bullet.get("startAt", "1")
        first = int(start) if start.isdecimal() and len(start) < 6 else 1
        self._counts[depth] = self._counts.get(depth, first - 1) + 1
        found = _SCHEME.match(bullet.get("type", "arabicPeriod"))
        name, dress = found.groups() if found else ("arabic", "Period")
        return _DRESS[dress].format(numeral(self._counts[depth], _WRITINGS.get(name, "decimal")))

    def _bullet(self, properties: Element | None, depth: int) -> Element | None:
        name = f"{A}lvl{depth + 1}pPr"
        places = [properties, *(style.find(name) for style in self._styles)]
        for place in places:
            for child in [] if place is None else place:
                if child.tag in _BULLETS:
                    return child
        return None
