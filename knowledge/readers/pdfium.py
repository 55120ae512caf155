"""The one place that speaks to PDFium: opens a file, tells its bookmarks, renders its pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from foundation.errors import UnreadableDocument
from knowledge.layout.headings import Bookmark
from knowledge.layout.ink import Ink
from knowledge.readers.pdfium_page import inks_of

_MOST_BOOKMARKS = 5000


class Pdf:
    """An open PDF file."""

    def __init__(self, document: Any) -> None:
        self._document = document

    @property
    def pages(self) -> int:
        return len(self._document)

    @property
    def title(self) -> str:
        """The title its maker wrote into it, which is often none."""
        return str(self._document.get_metadata_value("Title")).strip("\x00 \r\n")

    def inks(self) -> Iterator[list[Ink]]:
        """Each page's letters and rules; a page with sideways text gives more than one."""
        for index in range(self.pages):
            try:
                page = self._document[index]
            except pdfium.PdfiumError:
                yield []
                continue
            try:
                yield inks_of(page, index + 1)
            finally:
                page.close()

    def bookmarks(self) -> list[Bookmark]:
        marks: list[Bookmark] = []
        for mark in self._document.get_toc(max_depth=9):
            target = mark.get_dest()
            index = target.get_index() if target else None
            if index is not None:
                marks.append(Bookmark(mark.level + 1, mark.get_title().strip(), index + 1))
            if len(marks) >= _MOST_BOOKMARKS:
                break
        return marks

    def render(self, number: int, dots_per_inch: int, longest: int) -> Any:
        """A page as an array of grey dots, no side of it longer than allowed."""
        page = self._document[number - 1]
        try:
            scale = min(dots_per_inch / 72, longest / max(page.get_size()))
            bitmap = page.render(scale=scale, grayscale=True)
            return bitmap.to_numpy().copy()
        finally:
            page.close()


@contextmanager
def opened(data: bytes) -> Iterator[Pdf]:
    """Open a PDF file; one that cannot be opened is refused with what to do about it."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableDocument(_reason(error)) from error
    try:
        yield Pdf(document)
    finally:
        document.close()


def _reason(error: pdfium.PdfiumError) -> str:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return "This PDF has a password: save a copy without the password and add that."
    if error.err_code == raw.FPDF_ERR_SECURITY:
        return "This PDF is locked by a protection of its own: save a copy without it and add that."
    return "This PDF is damaged or cut short: open it in a viewer, save it anew and add that."
