"""Excel workbooks (.xlsx): each sheet a section, its tables as rows, values as people see them."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from foundation.errors import UnreadableDocument
from knowledge.readers.cell_text import shown
from knowledge.readers.grid import Cell, write_table
from knowledge.readers.office import open_office, translated
from knowledge.readers.sheet_regions import Area, regions
from knowledge.readers.spacing import lines_of, tidy
from knowledge.readers.workbook_parts import merged_areas, sheet_parts, uncomputed
from knowledge.source import Role, Source, SourceBuilder

_MOST_CELLS: Final = 500_000
_MOST_ROWS: Final = 1_048_576
_MOST_PLACES: Final = 20_000_000
_DEFAULT_NAME: Final = re.compile(r"(?:sheet|工作表|表|feuil|tabelle|лист)\s?\d*", re.I)


def read_sheet(data: bytes) -> Source:
    """A workbook as blocks: formulas by the values saved with them, hidden sheets left out."""
    plain = open_office(data, "Excel")
    builder = SourceBuilder()
    said: list[str] = []
    with translated(), warnings.catch_warnings(), zipfile.ZipFile(BytesIO(plain)) as archive:
        warnings.simplefilter("ignore")
        parts = sheet_parts(archive)
        book = load_workbook(BytesIO(plain), read_only=True, data_only=True)
        try:
            areas = [
                (sheet.title, _area(sheet, parts[sheet.title])) for sheet in _visible(book, said)
            ]
        finally:
            book.close()
    missing = sum(uncomputed(parts[name]) for name, _ in areas)
    if missing:
        said.append(
            f"Formulas saved without a value: {missing}. Open the file in Excel and save it again."
        )
    _write(builder, [(name, area) for name, area in areas if area.cells])
    source = builder.build(warnings=tuple(said))
    if not source.blocks:
        raise UnreadableDocument("The workbook has no visible values: fill it in or send another.")
    return source


def _visible(book: Workbook, said: list[str]) -> Iterator[Any]:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield sheet
        else:
            said.append(f"The hidden sheet “{sheet.title}” was left out.")


def _area(sheet: Any, part: bytes) -> Area:
    """The filled cells of a sheet; the sizes that files claim for themselves are often wrong."""
    area = Area()
    cells = places = 0
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows()):
        places += len(row)
        for cell in row:
            if cell.value is None:
                continue
            parts = _parts(cell.value, cell.number_format)
            if parts:
                cells += 1
                bold = bool(cell.font.b)
                area.cells.setdefault(cell.row, {})[cell.column] = Cell(parts, stands_out=bold)
        if cells > _MOST_CELLS or places > _MOST_PLACES or number > _MOST_ROWS:
            raise UnreadableDocument(
                "A sheet of this workbook is too large for a document: send the part people ask"
                " about."
            )
    area.add_merged(merged_areas(part))
    return area


def _parts(value: object, number_format: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(lines_of(value))
    text = tidy(shown(value, number_format))
    return (text,) if text else ()


def _write(builder: SourceBuilder, areas: list[tuple[str, Area]]) -> None:
    for name, area in areas:
        if len(areas) > 1 or not _DEFAULT_NAME.fullmatch(name.strip()):
            builder.add(Role.HEADING, tidy(name), level=1)
        for region in regions(area):
            write_table(builder, region)
