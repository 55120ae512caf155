"""Charts in Office documents, read as the tables they were drawn from."""

from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from knowledge.readers.cell_text import shown
from knowledge.readers.grid import Cell
from knowledge.readers.office import safe_parser
from knowledge.readers.spacing import joined

_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MOST_POINTS: Final = 2000


def read_chart(part: bytes) -> tuple[str, list[list[Cell]]]:
    """A chart's title and its data: a row for each category, a column for each series."""
    root = etree.fromstring(part, safe_parser())
    series = [] if root is None else list(root.iter(f"{_CHART}ser"))
    if root is None or not series:
        return "", []
    names = [" ".join(_points(one.find(f"{_CHART}tx")).values()) for one in series]
    values = [_points(_first(one, "val", "yVal")) for one in series]
    categories = _points(_first(series[0], "cat", "xVal"))
    rows = [[Cell(), *(Cell((name,), is_header=True) for name in names)]]
    for place in sorted(set(categories).union(*values))[:_MOST_POINTS]:
        said = [column.get(place, "") for column in (categories, *values)]
        rows.append([Cell((text,) if text else ()) for text in said])
    title = _title(root)
    return "" if [title] == names else title, rows


def _first(series: Element, *names: str) -> Element | None:
    found = (series.find(f"{_CHART}{name}") for name in names)
    return next((element for element in found if element is not None), None)


def _points(parent: Element | None) -> dict[int, str]:
    points: dict[int, str] = {}
    code = None if parent is None else parent.find(f".//{_CHART}formatCode")
    for point in [] if parent is None else parent.iter(f"{_CHART}pt"):
        place = point.get("idx", "")
        written = joined([value.text or "" for value in point.iter(f"{_CHART}v")])
        if place.isdecimal() and len(place) < 7 and written:
            points[int(place)] = _formatted(written, None if code is None else code.text)
    return points


def _formatted(written: str, code: str | None) -> str:
    try:
        return shown(float(written), code) if code else written
    except (ValueError, OverflowError):
        return written


def _title(root: Element) -> str:
    title = root.find(f".//{_CHART}chart/{_CHART}title")
    pieces = [] if title is None else title.iter(f"{_DRAWING}t")
    return joined(["".join(piece.text or "" for piece in pieces)])
