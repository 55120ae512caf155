"""One page of a PDF as ink: letters with their places and weight, and the rules drawn on it."""

import math
import re
from collections.abc import Callable, Sequence
from ctypes import addressof, byref, c_double, c_int, create_string_buffer
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from knowledge.layout.characters import PLAIN
from knowledge.layout.ink import Aside, Glyph, Ink, Rule
from knowledge.readers.pdfium_drawing import Stroke, drawing_on

# A group of sideways letters as large as this is laid out as a page of its own.
_LEAST_TURNED = 40
_SKEWED, _OUTSIDE = -1, -2
_ASIDE = {_SKEWED: "slanted text", _OUTSIDE: "outside the page"}
_BOLD = re.compile(r"bold|black|heavy|demi|cmbx|xiaobiao|小标宋")
_EVEN = re.compile(r"hei(?!g)|yahei|pingfang|gothic|notosans(?:cjk|[sth][ckg])|sourcehansans|黑")
_TEXT_WEIGHT, _EVEN_WEIGHT, _BOLD_WEIGHT = 0, 1, 2


class _Style(NamedTuple):
    size: float
    weight: int
    turn: int


class _Letter(NamedTuple):
    """A letter as PDFium gives it, in the page's own upward coordinates."""

    char: str
    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float
    style: _Style
    spaced: bool


_Box = tuple[float, float, float, float]
_Placing = Callable[[float, float], tuple[float, float]]


def inks_of(page: Any, number: int) -> list[Ink]:
    """The page as one ink for each way its text is turned, the way of most letters first."""
    box = page.get_bbox()
    text = page.get_textpage()
    try:
        letters = _letters(text.raw)
    finally:
        text.close()
    groups: dict[int, list[_Letter]] = {}
    for letter in letters:
        groups.setdefault(_turn(letter, box), []).append(letter)
    if _runs_down(groups.get(0, [])):
        groups.setdefault(3, []).extend(groups.pop(0))
    strokes, has_picture = drawing_on(page)
    return _inks(groups, box, number, strokes, has_picture=has_picture)


def _inks(
    groups: dict[int, list[_Letter]], box: _Box, number: int, strokes: Sequence[Stroke],
    *, has_picture: bool,
) -> list[Ink]:  # fmt: skip
    turns = sorted((t for t in groups if t >= 0), key=lambda t: -len(groups[t])) or [0]
    laid = [turn for i, turn in enumerate(turns) if not i or len(groups[turn]) >= _LEAST_TURNED]
    inks = [_ink(groups.get(turn, []), turn, box, number, strokes) for turn in laid]
    inks[0].has_picture = has_picture
    for turn, letters in groups.items():
        if turn not in laid:
            inks[0].aside.extend(_aside(letters, _ASIDE.get(turn, "sideways text")))
    return inks


def _letters(text: Any) -> list[_Letter]:
    """Every letter the file holds; spaces and line ends that PDFium guessed are left out."""
    x, y, box = c_double(), c_double(), raw.FS_RECTF()
    at_x, at_y, at_box = byref(x), byref(y), byref(box)
    styles: dict[int, _Style] = {}
    letters: list[_Letter] = []
    spaced = False
    for index in range(raw.FPDFText_CountChars(text)):
        char = chr(raw.FPDFText_GetUnicode(text, index))
        if char in "\r\n":
            continue
        char = PLAIN.get(char, char)
        if char.isspace() or not char:
            spaced = spaced or not raw.FPDFText_IsGenerated(text, index)
            continue
        raw.FPDFText_GetCharOrigin(text, index, at_x, at_y)
        raw.FPDFText_GetLooseCharBox(text, index, at_box)
        owner = raw.FPDFText_GetTextObject(text, index)
        key = addressof(owner.contents) if owner else 0
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(text, index, owner)
        letters.append(
            _Letter(char, x.value, y.value, box.left, box.bottom, box.right, box.top, style, spaced)
        )
        spaced = False
    return letters


def _style(text: Any, index: int, owner: Any) -> _Style:
    """How large, how heavy and which way round the letters of one text object are."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size = raw.FPDFText_GetFontSize(text, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    quarters = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
    turn = round(quarters) % 4 if abs(quarters - round(quarters)) < 0.03 else _SKEWED
    return _Style(round(size, 1) or 1.0, _weight(text, index, owner), turn)


def _weight(text: Any, index: int, owner: Any) -> int:
    name, flags = create_string_buffer(128), c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 128, flags)
    plain = name.value.decode("utf-8", "replace").lower()
    if _BOLD.search(plain) or raw.FPDFText_GetFontWeight(text, index) >= 600:
        return _BOLD_WEIGHT
    # Programs that lack a bold cut draw the outline as well.
    mode = raw.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
    if mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE:
        return _BOLD_WEIGHT
    return _EVEN_WEIGHT if _EVEN.search(plain) else _TEXT_WEIGHT


def _turn(letter: _Letter, box: _Box) -> int:
    left, bottom, right, top = box
    inside = left - 1 <= letter.x <= right + 1 and bottom - 1 <= letter.y <= top + 1
    return letter.style.turn if inside else _OUTSIDE


def _runs_down(letters: Sequence[_Letter]) -> bool:
    """Whether upright letters follow one another downwards: vertical writing."""
    steps = list(pairwise(letters))
    if len(steps) < _LEAST_TURNED:
        return False
    down = sum(
        abs(b.x - a.x) < 0.2 * a.style.size and 0.7 < (a.y - b.y) / a.style.size < 2.2
        for a, b in steps
    )
    return down > 0.6 * len(steps)


def _ink(
    letters: Sequence[_Letter], turn: int, box: _Box, number: int, strokes: Sequence[Stroke]
) -> Ink:
    place, width, height = _turned(turn, box)
    glyphs = _upright(letters, box) if turn == 0 else _placed(letters, turn, place)
    across, down = _rules(strokes, place)
    return Ink(number, width, height, glyphs, across, down)


def _upright(letters: Sequence[_Letter], box: _Box) -> list[Glyph]:
    left, top = box[0], box[3]
    return [
        Glyph(char, x0 - left, x1 - left, top - y, style.size, style.weight, spaced)
        for char, _, y, x0, _, x1, _, style, spaced in letters
    ]


def _placed(letters: Sequence[_Letter], turn: int, place: _Placing) -> list[Glyph]:
    glyphs = []
    for letter in letters:
        x0, y0 = place(letter.left, letter.bottom)
        x1, y1 = place(letter.right, letter.top)
        y = place(letter.x, letter.y)[1] if letter.style.turn == turn else max(y0, y1)
        start, end = (x0, x1) if x0 < x1 else (x1, x0)
        style = letter.style
        glyphs.append(Glyph(letter.char, start, end, y, style.size, style.weight, letter.spaced))
    return glyphs


def _turned(turn: int, box: _Box) -> tuple[_Placing, float, float]:
    """How a place on the page reads after a turn that makes the text run to the right."""
    left, bottom, right, top = box
    if turn == 0:
        return lambda x, y: (x - left, top - y), right - left, top - bottom
    if turn == 1:
        return lambda x, y: (y - bottom, x - left), top - bottom, right - left
    if turn == 2:
        return lambda x, y: (right - x, y - bottom), right - left, top - bottom
    return lambda x, y: (top - y, right - x), top - bottom, right - left


def _rules(strokes: Sequence[Stroke], place: _Placing) -> tuple[list[Rule], list[Rule]]:
    across, down = [], []
    for stroke in strokes:
        (x0, y0), (x1, y1) = place(stroke.x0, stroke.y0), place(stroke.x1, stroke.y1)
        if abs(y1 - y0) <= abs(x1 - x0):
            across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        else:
            down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return across, down


def _aside(letters: Sequence[_Letter], rule: str) -> list[Aside]:
    """Stray letters as texts: one for each stretch that was drawn in one style."""
    texts: list[tuple[_Style, str]] = []
    for letter in letters:
        if texts and texts[-1][0] is letter.style:
            text = texts[-1][1] + (" " if letter.spaced else "") + letter.char
            texts[-1] = (letter.style, text)
        else:
            texts.append((letter.style, letter.char))
    return [Aside(rule, text) for _, text in texts]
