"""XLSX: numbers as numbers, days as days, every text a text, row after row to the disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import Any, Final

from training_modules.exporting.cells import rows_as_xml
from training_modules.exporting.csv_files import Files
from training_modules.exporting.fresh import fresh_file
from training_modules.exporting.sheet import Sheet

# A sheet cannot have more, its head among them; what is left goes on in a next one.
ROWS: Final = 1_048_576
_WIDTH: Final = 18
_OPTIONS: Final = {"constant_memory": True, "use_zip64": True}


class _Workbook:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        # The first two are seen first, and written last.
        self.waiting = {name: book.add_worksheet(name) for name in ("README", "dictionary")}

    def write(self, sheet: Sheet) -> None:
        style = self.day._get_xf_index()  # noqa: SLF001 - a day is written by its number
        rows = iter(sheet.rows)
        for number in count(1):
            page = self._page(sheet.name if number == 1 else f"{sheet.name} {number}")
            self._head(page, sheet)
            written = 0
            for line in rows_as_xml(sheet.columns, islice(rows, ROWS - 1), 2, style):
                page.row_data_fh.write(line)
                written += 1
            page.dim_rowmax = written
            if written < ROWS - 1:
                return

    def _page(self, name: str) -> Any:
        return self.waiting.pop(name, None) or self.book.add_worksheet(name)

    def _head(self, page: Any, sheet: Sheet) -> None:
        page.set_column(0, len(sheet.columns) - 1, _WIDTH)
        page.freeze_panes(1, 0)
        for column, name in enumerate(sheet.header):
            page.write_string(0, column, name, self.bold)
        # Out of its memory, so that the rows that follow stand behind it.
        page._write_single_row(1)  # noqa: SLF001


@contextmanager
def workbook(path: Path) -> Iterator[Files]:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with fresh_file(path) as place:
        book = Workbook(str(place), {**_OPTIONS, "tmpdir": str(place.parent)})
        try:
            yield _Workbook(book)
            book.close()
        except FileCreateError as error:
            raise OSError(None, str(error)) from error
        finally:
            _close_parts(book)


def _close_parts(book: Any) -> None:
    """What was being written when something went wrong is let go of, without a word."""
    for page in book.worksheets():
        handle = getattr(page, "row_data_fh", None)
        if handle is not None and not handle.closed:
            handle.close()
    book.fileclosed = True
