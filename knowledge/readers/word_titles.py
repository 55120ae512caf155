"""A Word document's title where no style names it: the largest centred lines at its beginning."""

import re
from collections.abc import Iterable
from typing import Final

from lxml.etree import _Element as Element

from knowledge.readers.spacing import tidy
from knowledge.readers.word_styles import Style, Styles, W, outline_level, value
from knowledge.readers.word_text import read_line
from knowledge.structure.ladder import rung_of

_LOOKED_AT: Final = 12
_LONGEST: Final = 60
_BODY: Final = 40
_NO_TITLE: Final = re.compile(
    r".*文件|.*[〔\[［(（【]\s*\d{4}\s*[〕\]］)）】]\s*第?\s*\d+\s*号|目\s*[录次]|[（(].*[)）]"
    r"|\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|.*[。；;，,：:]"
)


def title_lines(blocks: Iterable[Element], styles: Styles) -> list[Element]:
    """The paragraphs that make up the title, none when nothing stands out."""
    centred: list[tuple[int, int, Element]] = []
    seen = 0
    for place, block in enumerate(blocks):
        style = styles.of(_style_id(block)) if block.tag == f"{W}p" else None
        if style is None or style.level or outline_level(block.find(f"{W}pPr")):
            break
        text = tidy(read_line(block, _unnamed).text)
        seen += bool(text)
        is_centred = _is_centred(block, style)
        runs_on = block.find(f"{W}pPr/{W}rPr/{W}del") is not None
        if runs_on or seen > _LOOKED_AT or (len(text) > _BODY and not is_centred):
            break
        if text and is_centred and _could_be_title(text):
            centred.append((_size(block, style, styles), place, block))
    return _largest(centred)


def _unnamed(*_: str) -> str:
    """Notes are named later, in order."""
    return ""


def _largest(centred: list[tuple[int, int, Element]]) -> list[Element]:
    """The largest line and those of the same size right under it."""
    if not centred:
        return []
    size, place, block = max(centred, key=lambda line: (line[0], -line[1]))
    lines = [block]
    for other_size, other_place, other in centred:
        if other_size == size and other_place == place + 1:
            lines.append(other)
            place = other_place
    return lines


def _could_be_title(text: str) -> bool:
    return len(text) <= _LONGEST and not _NO_TITLE.fullmatch(text) and rung_of(text) is None


def _style_id(paragraph: Element) -> str | None:
    properties = paragraph.find(f"{W}pPr")
    return None if properties is None else value(properties, "pStyle")


def _is_centred(paragraph: Element, style: Style) -> bool:
    properties = paragraph.find(f"{W}pPr")
    said = None if properties is None else value(properties, "jc")
    return said == "center" if said else style.is_centred


def _size(paragraph: Element, style: Style, styles: Styles) -> int:
    sizes = (value(run, "sz") for run in paragraph.iterfind(f"{W}r/{W}rPr"))
    found = [int(size[:4]) for size in sizes if size and size.isdecimal()]
    return max(found, default=style.size or styles.usual_size)
