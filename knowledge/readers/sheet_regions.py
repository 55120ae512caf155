"""Where the tables of a sheet are: connected regions, with the titles above them apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from foundation.errors import UnreadableDocument
from knowledge.readers.grid import Cell

_MOST_COVERED: Final = 1_000_000
_MOST_PLACES: Final = 5_000_000
_EMPTY: Final = Cell()


@dataclass
class Area:
    """A sheet's filled cells by row and column, and the area each merged cell covers."""

    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)

    def add_merged(self, areas: list[tuple[int, int, int, int]]) -> None:
        """Merged areas, as far as they reach into what is filled."""
        lowest = max(self.cells, default=0)
        widest = max((max(row) for row in self.cells.values()), default=0)
        for top, left, bottom, right in areas:
            bottom, right = min(bottom, lowest), max(left, min(right, widest))
            places = (bottom - top + 1) * (right - left + 1)
            believed = len(self.covered) + places < _MOST_COVERED
            if believed and left in self.cells.get(top, {}):
                self.merged[top, left] = bottom, right
                self.covered.update(
                    (row, column)
                    for row in range(top, bottom + 1)
                    for column in range(left, right + 1)
                )


Region = list[list[Cell]]


def regions(area: Area) -> Iterator[Region]:
    """The regions from top to bottom, each as rows of cells from its first to its last column."""
    for rows in _bands(area):
        for left, right in _sides(area, rows):
            if (rows[-1] - rows[0]) * (right - left) > _MOST_PLACES:
                raise UnreadableDocument(
                    "A sheet of this workbook is almost empty but very wide and long: send the"
                    " part people ask about."
                )
            region = [_row(area, row, left, right) for row in range(rows[0], rows[-1] + 1)]
            yield from _parted(region)


def _bands(area: Area) -> Iterator[list[int]]:
    """Rows that follow each other without an empty one between them."""
    band: list[int] = []
    covered = 0
    for row in sorted(area.cells):
        if band and row > covered + 1:
            yield band
            band = []
        band.append(row)
        ends = [area.merged.get((row, column), (row, 0))[0] for column in area.cells[row]]
        covered = max(covered, row, *ends)
    if band:
        yield band


def _sides(area: Area, rows: list[int]) -> Iterator[tuple[int, int]]:
    """Tables side by side stand at least two empty columns apart."""
    spans = sorted(
        (column, area.merged.get((row, column), (row, column))[1])
        for row in rows
        for column in area.cells[row]
    )
    left, right = spans[0]
    for first, last in spans:
        if first > right + 2:
            yield left, right
            left = first
        right = max(right, last)
    yield left, right


def _row(area: Area, row: int, left: int, right: int) -> list[Cell]:
    """One row, without the places that a merged cell covers: those are its spans."""
    cells: list[Cell] = []
    column = left
    filled = area.cells.get(row, {})
    while column <= right:
        cell = filled.get(column)
        bottom, last = area.merged.get((row, column), (row, column))
        if cell is not None:
            cells.append(
                Cell(cell.parts, last - column + 1, bottom - row + 1, stands_out=cell.stands_out)
            )
        elif (row, column) not in area.covered:
            cells.append(_EMPTY)
        column = last + 1
    return cells


def _parted(region: Region) -> Iterator[Region]:
    """Rows above a table that hold one cell are its titles."""
    start = 0
    while start < len(region) - 1 and _filled(region[start]) == 1:
        yield [[cell for cell in region[start] if cell.text]]
        start += 1
    if start < len(region):
        yield region[start:]


def _filled(row: list[Cell]) -> int:
    return sum(1 for cell in row if cell.text)
