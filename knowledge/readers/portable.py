"""PDF files: lines, columns, tables and headings out of the letters' places on their pages."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from foundation.errors import UnreadableDocument
from knowledge.layout.composing import compose
from knowledge.layout.ink import Ink, Sheet
from knowledge.layout.sheets import sheet_of
from knowledge.readers import scanned
from knowledge.readers.pdfium import Pdf, opened
from knowledge.source import Source

_OCR_SECONDS: Final = 50
# Letters that mean nothing outside of their font, on a page where so many of them are.
_NAMELESS: Final = frozenset({"Co", "Cn", "Cc"})
_MOST_NAMELESS: Final = 0.3
_TAIL: Final = 2048


def read_pdf(data: bytes) -> Source:
    """A PDF as blocks; pages without text are made out by recognition, where it is installed."""
    if not data.strip():
        raise UnreadableDocument("The file is empty: save the document again and add that.")
    with opened(data) as pdf:
        sheets: list[Sheet] = []
        bare: list[int] = []
        pictured: list[int] = []
        for number, inks in enumerate(pdf.inks(), 1):
            legible = [ink for ink in inks if ink.glyphs and not _is_nameless(ink)]
            sheets += [sheet_of(ink) for ink in legible]
            if not legible:
                bare.append(number)
                pictured += [number] if any(ink.has_picture or ink.glyphs for ink in inks) else []
        made_out = _made_out(pdf, pictured) if pictured and scanned.is_available() else []
        sheets = sorted([*sheets, *made_out], key=lambda sheet: sheet.number)
        if not any(sheet.lines or sheet.flows for sheet in sheets):
            raise UnreadableDocument(_nothing(pictured))
        warnings = _warnings(data, bare, pictured, [sheet.number for sheet in made_out])
        return compose(
            sheets, pdf.bookmarks(), declared=pdf.title, pages=pdf.pages, warnings=warnings
        )


def _is_nameless(ink: Ink) -> bool:
    """Fonts that do not say which letters they draw leave a page of codes, not a text."""
    counts = Counter(glyph.char for glyph in ink.glyphs)
    nameless = sum(
        count
        for char, count in counts.items()
        if char == "\ufffd" or unicodedata.category(char[0]) in _NAMELESS
    )
    return nameless > _MOST_NAMELESS * len(ink.glyphs)


def _made_out(pdf: Pdf, pages: Sequence[int]) -> list[Sheet]:
    recogniser = scanned.Recogniser(_OCR_SECONDS)
    sheets = []
    for done, number in enumerate(pages, 1):
        dots = pdf.render(number, scanned.DOTS_PER_INCH, scanned.LONGEST_SIDE)
        sheets.append(recogniser.sheet(dots, number, len(pages) - done))
    return [sheet for sheet in sheets if sheet.flows]


def _nothing(pictured: Sequence[int]) -> str:
    if not pictured:
        return "This PDF holds no text and no pictures: save the document as PDF again."
    if scanned.is_available():
        return "No text could be made out in this PDF: scan it more sharply."
    return f"This PDF holds pictures of pages and no text: {scanned.ADVICE}."


def _warnings(
    data: bytes, bare: Sequence[int], pictured: Sequence[int], made_out: Sequence[int]
) -> list[str]:
    warnings = []
    silent = [page for page in bare if page not in made_out]
    if silent:
        hint = f"; {scanned.ADVICE}" if pictured and not scanned.is_available() else ""
        verb = "holds" if len(silent) == 1 else "hold"
        warnings.append(f"{scanned.listed(silent)} {verb} no text{hint}.")
    if made_out:
        warnings.append(scanned.recognised(made_out))
    if b"%%EOF" not in data[-_TAIL:]:
        warnings.append("The file breaks off before its end; what was whole was read.")
    return warnings
