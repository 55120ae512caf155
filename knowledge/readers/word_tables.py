"""Tables of a Word document as cells with their spans."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from lxml.etree import _Element as Element

from knowledge.readers.grid import Cell
from knowledge.readers.word_styles import W, is_on, value

_WIDEST: Final = 500

ReadCell = Callable[[Element], tuple[tuple[str, ...], tuple[str, ...]]]


def rows_of(table: Element) -> list[Element]:
    """The rows of a table that are not deleted, also those inside content controls."""
    rows: list[Element] = []
    _collect(table, f"{W}tr", rows)
    return [row for row in rows if row.find(f"{W}trPr/{W}del") is None]


def cells_of(row: Element) -> list[Element]:
    """The cells of a row, also those inside content controls."""
    cells: list[Element] = []
    _collect(row, f"{W}tc", cells)
    return [cell for cell in cells if cell.find(f"{W}tcPr/{W}cellDel") is None]


def read_cells(rows: list[Element], read_cell: ReadCell) -> list[list[Cell]]:
    """`read_cell` gives the parts and marks of one cell."""
    grid: list[list[Cell]] = []
    above: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        is_header = _is_header(row)
        grid.append([])
        column = 0
        for skipped in range(_skipped(row)):
            grid[-1].append(Cell())
            above.pop(skipped, None)
            column += 1
        for cell in cells_of(row):
            columns = _columns(cell)
            if _continues(cell) and column in above:
                line, place = above[column]
                grid[line][place] = replace(grid[line][place], rows=number - line + 1)
            else:
                above[column] = (number, len(grid[-1]))
                parts, marks = read_cell(cell)
                grid[-1].append(
                    Cell(parts, columns, 1, is_header=is_header, stands_out=_stands_out(cell),
                         marks=marks)
                )  # fmt: skip
            column += columns
    return grid


def _collect(parent: Element, tag: str, found: list[Element]) -> None:
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            _collect(child, tag, found)


def _is_header(row: Element) -> bool:
    header = row.find(f"{W}trPr/{W}tblHeader")
    return header is not None and (header.get(f"{W}val") is None or is_on(header))


def _skipped(row: Element) -> int:
    properties = row.find(f"{W}trPr")
    return _count(None if properties is None else value(properties, "gridBefore"), 0)


def _columns(cell: Element) -> int:
    properties = cell.find(f"{W}tcPr")
    return _count(None if properties is None else value(properties, "gridSpan"), 1)


def _count(said: str | None, otherwise: int) -> int:
    return min(int(said[:4]), _WIDEST) if said and said.isdecimal() else otherwise


def _continues(cell: Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _stands_out(cell: Element) -> bool:
    """Shaded, or all of it in bold type."""
    shade = cell.find(f"{W}tcPr/{W}shd")
    if shade is not None and shade.get(f"{W}fill", "auto") not in ("auto", "FFFFFF"):
        return True
    runs = [run for run in cell.iter(f"{W}r") if run.find(f"{W}t") is not None]
    return bool(runs) and all(_is_bold(run) for run in runs)


def _is_bold(run: Element) -> bool:
    bold = run.find(f"{W}rPr/{W}b")
    return bold is not None and (bold.get(f"{W}val") is None or is_on(bold))
