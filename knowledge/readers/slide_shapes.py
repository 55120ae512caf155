"""The shapes of one slide: their places, their kinds, and the text in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element as Element

from knowledge.readers.grid import Cell
from knowledge.readers.slide_bullets import A, Bullets
from knowledge.readers.slide_order import Box, in_reading_order
from knowledge.readers.spacing import lines_of
from knowledge.readers.superscript import read_raised

P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_CHOICES: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SHAPES: Final = frozenset(f"{P}{name}" for name in ("sp", "graphicFrame", "pic", "cxnSp"))
_RUNNING: Final = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})
_FAR: Final = 10**9
_DEEPEST: Final = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a shape: its text, its number or bullet, its depth, its marks."""

    text: str
    label: str | None
    depth: int
    marks: tuple[str, ...]


def shapes_of(tree: Element, layout: Element | None, depth: int = 0) -> list[Element]:
    """The shapes of a slide or a group in reading order, groups kept together."""
    boxes = [Box(*_place(shape, layout), shape) for shape in _children(tree)]
    ordered: list[Element] = []
    for box in in_reading_order(boxes):
        if box.thing.tag == f"{P}grpSp":
            ordered += shapes_of(box.thing, layout, depth + 1) if depth < _DEEPEST else []
        else:
            ordered.append(box.thing)
    return ordered


def placeholder_of(shape: Element) -> tuple[str, str] | None:
    """The type and index of a placeholder, None for any other shape."""
    found = shape.find(f"./*/{P}nvPr/{P}ph")
    return None if found is None else (found.get("type", "obj"), found.get("idx", "0"))


def is_running(shape: Element) -> bool:
    """Dates, page numbers and footers stand on every slide."""
    placeholder = placeholder_of(shape)
    return placeholder is not None and placeholder[0] in _RUNNING


def counterpart(shape: Element, layout: Element | None) -> Element | None:
    """The placeholder of a layout or master that this one fills."""
    wanted = placeholder_of(shape)
    if wanted is None or layout is None:
        return None
    others = [(placeholder_of(other), other) for other in layout.iter(f"{P}sp")]
    for found, other in others:
        if found and found[1] == wanted[1] and "idx" in _keys(shape):
            return other
    kind = {"obj": "body", "ctrTitle": "title"}.get(wanted[0], wanted[0])
    for found, other in others:
        if found and found[0] in (wanted[0], kind):
            return other
    return None


def lines_in(body: Element, bullets: Bullets) -> Iterator[Line]:
    """The paragraphs of a text body."""
    for paragraph in body.iterchildren(f"{A}p"):
        text, marks = _text(paragraph)
        properties = paragraph.find(f"{A}pPr")
        said = "0" if properties is None else properties.get("lvl", "0")
        depth = int(said) if said in set("012345678") else 0
        lines = lines_of(text)
        if not lines:
            continue
        label = bullets.label(properties, depth)
        for number, line in enumerate(lines):
            yield Line(line, None if number else label, depth, () if number else marks)


def cells_in(table: Element) -> list[list[Cell]]:
    """A slide's table as cells with their spans."""
    properties = table.find(f"{A}tblPr")
    dressed = properties is not None and properties.get("firstRow") in ("1", "true")
    rows: list[list[Cell]] = []
    for row in table.iterchildren(f"{A}tr"):
        cells = []
        for cell in row.iterchildren(f"{A}tc"):
            if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
                continue
            body = cell.find(f"{A}txBody")
            lines = [] if body is None else list(lines_in(body, Bullets(())))
            cells.append(
                Cell(
                    tuple(line.text for line in lines),
                    _span(cell.get("gridSpan")),
                    _span(cell.get("rowSpan")),
                    stands_out=dressed and not rows,
                    marks=tuple(mark for line in lines for mark in line.marks),
                )
            )
        rows.append(cells)
    return rows


def _children(tree: Element) -> Iterator[Element]:
    for child in tree:
        if child.tag in _SHAPES or child.tag == f"{P}grpSp":
            if not _is_hidden(child):
                yield child
        elif child.tag == _CHOICES and len(child):
            yield from _children(child[0])


def _is_hidden(shape: Element) -> bool:
    named = shape.find(f"./*/{P}cNvPr")
    return named is not None and named.get("hidden") in ("1", "true")


def _place(shape: Element, layout: Element | None) -> tuple[int, int, int, int]:
    """Left, top, right, bottom; a placeholder stands where its layout puts it."""
    for owner in (shape, counterpart(shape, layout)):
        frame = None if owner is None else _frame(owner)
        if frame is not None:
            start, size = frame.find(f"{A}off"), frame.find(f"{A}ext")
            if start is not None and size is not None:
                left, top = _number(start.get("x")), _number(start.get("y"))
                return left, top, left + _number(size.get("cx")), top + _number(size.get("cy"))
    return _FAR, _FAR, _FAR, _FAR


def _frame(shape: Element) -> Element | None:
    for path in (f"{P}spPr/{A}xfrm", f"{P}grpSpPr/{A}xfrm", f"{P}xfrm"):
        found = shape.find(path)
        if found is not None:
            return found
    return None


def _number(text: str | None) -> int:
    return int(text[:12]) if text and text.lstrip("-").isdecimal() else 0


def _span(text: str | None) -> int:
    return min(max(_number(text), 1), 500)


def _keys(shape: Element) -> frozenset[str]:
    return frozenset(shape.find(f"./*/{P}nvPr/{P}ph").keys())


def _text(paragraph: Element) -> tuple[str, tuple[str, ...]]:
    text = ""
    marks: list[str] = []
    for piece in paragraph.iter(f"{A}t", f"{A}br", _MATH):
        if piece.tag == f"{A}br":
            text += "\n"
            continue
        written = (piece.text or "").replace("\v", "\n")
        properties = piece.getparent().find(f"{A}rPr")
        raised = "0" if properties is None else properties.get("baseline", "0")
        if _number(raised.rstrip("%")) > 0:
            written, found = read_raised(text, written)
            marks += found
        text += written
    return text, tuple(dict.fromkeys(marks))
