"""The text of one Word paragraph as print shows it, with its footnote marks and text boxes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element as Element

from knowledge.readers.superscript import read_raised
from knowledge.readers.word_styles import W, is_on, value

_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DIAGRAM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_CHOICES: Final = f"{_COMPATIBILITY}AlternateContent"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PICTURES: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_OPEN: Final = frozenset(
    f"{W}{name}"
    for name in (
        "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml",
        "dir", "bdo", "ruby", "rubyBase",
    )
) | {f"{_MATH}{name}" for name in ("oMath", "oMathPara", "r", "e", "f", "num", "den", "sSup",
    "sSub", "sup", "sub", "d", "rad", "deg", "nary", "func", "fName", "sSubSup", "m", "mr",
    "box", "bar", "acc", "groupChr", "limLow", "limUpp", "lim", "eqArr")}  # fmt: skip
_SIGNS: Final = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}br": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
_SYMBOLS: Final = {
    "F06C": "●", "F06E": "■", "F0A7": "▪", "F0A8": "□", "F06F": "□", "F0FE": "☑", "F0FD": "☒",
    "F0FC": "✓", "F0FB": "✗", "F0E0": "→", "F052": "☑", "F0A3": "□", "F053": "☒",
}  # fmt: skip
_WORTH_READING: Final = tuple(f"{W}{name}" for name in ("t", "txbxContent", "drawing", "pict"))
_NOTES: Final = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}

NameNote = Callable[[str, str, str], str]


@dataclass
class Line:
    """A paragraph's text and marks, and the text boxes, charts and diagrams anchored in it."""

    text: str = ""
    marks: tuple[str, ...] = ()
    boxes: list[Element] = field(default_factory=list)
    drawn: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    hidden: int = 0
    depth: int = 0


@dataclass
class _Reading:
    name_note: NameNote
    line: Line = field(default_factory=Line)
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


def read_line(paragraph: Element, name_note: NameNote) -> Line:
    """`name_note` gives the mark of a note, from its kind, its id and its own sign if any."""
    reading = _Reading(name_note)
    _inline(paragraph, reading)
    reading.line.text = _settle(reading)
    reading.line.marks = tuple(dict.fromkeys(reading.marks))
    return reading.line


def _inline(parent: Element, reading: _Reading) -> None:
    for child in parent:
        if child.tag == f"{W}r":
            _run(child, reading)
        elif child.tag == f"{_MATH}t":
            reading.pieces.append((child.text or "", False))
        elif child.tag in _OPEN:
            if child.tag == f"{_MATH}den":
                reading.pieces.append(("/", False))
            _inline(child, reading)
        elif child.tag == _CHOICES:
            for choice in _chosen(child):
                _inline(choice, reading)


def _run(run: Element, reading: _Reading) -> None:
    properties = run.find(f"{W}rPr")
    raised = False
    if properties is not None:
        hidden = properties.find(f"{W}vanish")
        if hidden is not None and (hidden.get(f"{W}val") is None or is_on(hidden)):
            reading.line.hidden += sum(len(text.text or "") for text in run.iter(f"{W}t"))
            return
        raised = value(properties, "vertAlign") == "superscript"
    _content(run, reading, raised=raised)


def _content(run: Element, reading: _Reading, *, raised: bool) -> None:
    children = iter(run)
    for child in children:
        written = _written(child)
        if written is not None:
            reading.pieces.append((written, raised and child.tag == f"{W}t"))
        elif child.tag in _NOTES:
            _note(child, children, reading)
        elif child.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            _drawing(child, reading.line)
        elif child.tag == f"{W}ruby":
            _inline(child, reading)
        elif child.tag == _CHOICES:
            for choice in _chosen(child):
                _content(choice, reading, raised=raised)


def _written(child: Element) -> str | None:
    """The characters that one element of a run stands for, if it stands for any."""
    if child.tag == f"{W}t":
        return child.text or ""
    if child.tag == f"{W}sym":
        code = child.get(f"{W}char", "").upper()
        return _SYMBOLS.get(code) or _character(code)
    return _SIGNS.get(child.tag)


def _note(reference: Element, following: Iterator[Element], reading: _Reading) -> None:
    own = ""
    if is_on(reference, "customMarkFollows"):
        own = "".join(child.text or "" for child in following if child.tag == f"{W}t").strip()
    kind = _NOTES[reference.tag]
    reading.marks.append(reading.name_note(kind, reference.get(f"{W}id", ""), own))


def _drawing(drawing: Element, line: Line) -> None:
    """Text boxes are paragraphs of their own; those inside others come with them."""
    inner: set[Element] = set()
    for box in drawing.iter(f"{W}txbxContent"):
        if box not in inner:
            inner.update(box.iter(f"{W}txbxContent"))
            line.boxes.append(box)
    for diagram in drawing.iter(f"{_DIAGRAM}relIds"):
        line.drawn.append(("diagram", diagram.get(f"{_RELATION}dm", "")))
    for chart in drawing.iter(f"{_CHART}chart"):
        line.drawn.append(("chart", chart.get(f"{_RELATION}id", "")))
    line.pictures += sum(1 for _ in drawing.iter(*_PICTURES))


def _chosen(choices: Element) -> list[Element]:
    """The same thing written for new and for old programs: one of them is read."""
    for branch in choices:
        if next(branch.iter(*_WORTH_READING), None) is not None:
            return [branch]
    return []


def _character(code: str) -> str:
    if len(code) > 4 or not code or not all(sign in "0123456789ABCDEF" for sign in code):
        return ""
    number = int(code, 16)
    return "" if 0xD800 <= number <= 0xF8FF else chr(number)


def _settle(reading: _Reading) -> str:
    """Neighbouring raised stretches are one; each is a mark, an exponent or text."""
    text = ""
    raised = ""
    for piece, is_raised in [*reading.pieces, ("", False)]:
        if is_raised:
            raised += piece
            continue
        if raised:
            kept, marks = read_raised(text, raised)
            text += kept
            reading.marks += marks
            raised = ""
        text += piece
    return text
