"""XLSX: numbers as numbers, days as days, every text a text, row after row to the disk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, Final

from training_modules.exporting.csv_files import Files
from training_modules.exporting.fresh import fresh_file
from training_modules.exporting.sheet import Kind, Sheet

# Limits of the format; what is longer goes on in a next sheet, or is cut.
_ROWS: Final = 1_048_576
_LETTERS: Final = 32_767
_WIDTH: Final = 18
_TEXT: Final = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "constant_memory": True,
}  # fmt: skip


class _Workbook:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        # The first two are seen first, and written last.
        self.waiting = {name: book.add_worksheet(name) for name in ("README", "dictionary")}

    def write(self, sheet: Sheet) -> None:
        numbers = count(2)
        page = self.waiting.pop(sheet.name, None) or self.book.add_worksheet(sheet.name)
        self._head(page, sheet)
        at, put = 1, self._cells(sheet)
        for row in sheet.rows:
            if at == _ROWS:
                page = self.book.add_worksheet(f"{sheet.name} {next(numbers)}")
                self._head(page, sheet)
                at = 1
            for column, value in enumerate(row):
                if value is not None and value != "":
                    put[column](page, at, column, value)
            at += 1

    def _head(self, page: Any, sheet: Sheet) -> None:
        page.set_column(0, len(sheet.columns) - 1, _WIDTH)
        page.freeze_panes(1, 0)
        for column, name in enumerate(sheet.header):
            page.write_string(0, column, name, self.bold)

    def _cells(self, sheet: Sheet) -> list[Callable[[Any, int, int, Any], None]]:
        by_kind = {
            Kind.INTEGER: _number, Kind.NUMBER: _number, Kind.YES_NO: _claim,
            Kind.DATE: self._date, Kind.TEXT: _text, Kind.INSTANT: _text,
        }  # fmt: skip
        return [by_kind[column.kind] for column in sheet.columns]

    def _date(self, page: Any, row: int, column: int, value: date) -> None:
        page.write_datetime(row, column, value, self.day)


def _number(page: Any, row: int, column: int, value: float) -> None:
    page.write_number(row, column, value)


def _claim(page: Any, row: int, column: int, value: bool) -> None:  # noqa: FBT001
    page.write_boolean(row, column, value)


def _text(page: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, int):
        page.write_number(row, column, value)
        return
    said = str(value)
    page.write_string(row, column, said if len(said) <= _LETTERS else f"{said[: _LETTERS - 1]}…")


@contextmanager
def workbook(path: Path) -> Iterator[Files]:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with fresh_file(path) as place:
        book = Workbook(str(place), {**_TEXT, "tmpdir": str(place.parent)})
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
