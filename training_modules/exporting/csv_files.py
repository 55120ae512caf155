"""CSV: UTF-8 with a mark that Excel knows, quoted by RFC 4180, and no text that is a formula."""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from operator import itemgetter
from pathlib import Path
from typing import Final, Protocol, TextIO

from training_modules.exporting.fresh import fresh_file, fresh_folder
from training_modules.exporting.sheet import Column, Kind, Row, Sheet

# A spreadsheet takes a text that begins so for a formula, or hides what follows.
_DANGEROUS: Final = frozenset("=+-@\t\r\n\x00＝＋－＠")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    if text[:1] in _DANGEROUS and text and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


class Files(Protocol):
    """Where the sheets go, one after another."""

    def write(self, sheet: Sheet) -> None: ...


def write_sheet(file: TextIO, sheet: Sheet) -> None:
    writer = csv.writer(file)
    writer.writerow(sheet.header)
    writer.writerows(_safe(sheet.columns, sheet.rows))


def _safe(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[Row]:
    texts = [i for i, column in enumerate(columns) if column.kind is Kind.TEXT]
    # Two at least, so that it always gives a tuple.
    texts_of = itemgetter(*texts, *texts[:1])
    for row in rows:
        for text in texts_of(row):
            if text and text[0] in _DANGEROUS:
                yield tuple(
                    guarded(value) if i in texts and isinstance(value, str) else value
                    for i, value in enumerate(row)
                )
                break
        else:
            yield row


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, sheet: Sheet) -> None:
        path = self.folder / f"{sheet.name}.csv"
        with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            write_sheet(file, sheet)


class _Zip:
    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.packed = packed

    def write(self, sheet: Sheet) -> None:
        with (
            self.packed.open(f"{sheet.name}.csv", "w", force_zip64=True) as raw,
            TextIOWrapper(raw, "utf-8-sig", errors="replace", newline="") as file,
        ):
            write_sheet(file, sheet)


@contextmanager
def csv_folder(path: Path) -> Iterator[Files]:
    """A folder with one file a sheet; what is there already under other names stays."""
    with fresh_folder(path.parent, path) as folder:
        yield _Folder(folder)
        if not path.is_dir():
            path.mkdir()
        for written in sorted(folder.iterdir()):
            written.replace(path / written.name)


@contextmanager
def csv_zip(path: Path) -> Iterator[Files]:
    with (
        fresh_file(path) as place,
        zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
    ):
        yield _Zip(packed)


@contextmanager
def one_csv(path: Path) -> Iterator[Files]:
    """A single file takes a single sheet."""
    with fresh_file(path) as place:
        yield _One(place)


class _One:
    def __init__(self, place: Path) -> None:
        self.place = place

    def write(self, sheet: Sheet) -> None:
        with self.place.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            write_sheet(file, sheet)
