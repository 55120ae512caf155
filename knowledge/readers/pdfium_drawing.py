"""The straight lines drawn on a PDF page, which are the borders of its tables."""

from collections.abc import Iterator
from ctypes import byref, c_float, c_int
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as raw

# Beyond these a page is a drawing, not a table.
_MOST_OBJECTS, _MOST_SEGMENTS = 6000, 400
_MOST_DEPTH = 4
_THIN, _SHORTEST, _SLANT = 2.5, 4.0, 0.7


class Stroke(NamedTuple):
    """A straight line in the page's own coordinates, along one of its edges."""

    x0: float
    y0: float
    x1: float
    y1: float


_Matrix = tuple[float, float, float, float, float, float]
_PLAIN: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def drawing_on(page: Any) -> tuple[list[Stroke], bool]:
    """The page's straight lines, and whether it shows a picture."""
    strokes: list[Stroke] = []
    has_picture = False
    for number, (kind, drawn, matrix) in enumerate(_objects(page.raw, _PLAIN, 0)):
        if number > _MOST_OBJECTS:
            return [], has_picture
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            has_picture = True
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            strokes.extend(_strokes(drawn, matrix))
    return strokes, has_picture


def _objects(parent: Any, outer: _Matrix, depth: int) -> Iterator[tuple[int, Any, _Matrix]]:
    count, get = (
        (raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
        if depth
        else (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
    )
    for index in range(count(parent)):
        drawn = get(parent, index)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
            yield from _objects(drawn, _product(_matrix(drawn), outer), depth + 1)
        elif kind != raw.FPDF_PAGEOBJ_TEXT:
            yield kind, drawn, outer


def _strokes(path: Any, outer: _Matrix) -> Iterator[Stroke]:
    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return
    matrix = _product(_matrix(path), outer)
    corners = _corners(path, matrix)
    if not corners:
        return
    xs, ys = [x for line in corners for x, _ in line], [y for line in corners for _, y in line]
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    # A filled bar is how many programs draw a border.
    if top - bottom <= _THIN < _SHORTEST <= right - left:
        yield Stroke(left, (bottom + top) / 2, right, (bottom + top) / 2)
    elif right - left <= _THIN < _SHORTEST <= top - bottom:
        yield Stroke((left + right) / 2, bottom, (left + right) / 2, top)
    elif stroke.value:
        for line in corners:
            yield from _straight(line)


def _straight(line: list[tuple[float, float]]) -> Iterator[Stroke]:
    for (x0, y0), (x1, y1) in pairwise(line):
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if (wide >= _SHORTEST and high <= _SLANT) or (high >= _SHORTEST and wide <= _SLANT):
            yield Stroke(x0, y0, x1, y1)


def _corners(path: Any, matrix: _Matrix) -> list[list[tuple[float, float]]]:
    """The path's corner points, one list for each stretch drawn without lifting the pen."""
    count = raw.FPDFPath_CountSegments(path)
    if not 0 < count <= _MOST_SEGMENTS:
        return []
    a, b, c, d, e, f = matrix
    x, y = c_float(), c_float()
    at_x, at_y = byref(x), byref(y)
    lines: list[list[tuple[float, float]]] = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, at_x, at_y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return []
        if kind == raw.FPDF_SEGMENT_MOVETO or not lines:
            lines.append([point])
        else:
            lines[-1].append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            lines[-1].append(lines[-1][0])
    return lines


def _matrix(drawn: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(drawn, matrix):
        return _PLAIN
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _product(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip
