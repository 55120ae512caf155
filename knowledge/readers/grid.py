"""A table as it stands in a file, with merged cells, laid out as rows that stand alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.readers.spacing import joined
from knowledge.source import Role, SourceBuilder

_MOST_PLACES: Final = 3_000_000
_VALUE: Final = re.compile(r"[\s\d.,，:：/％%+\-−—–~～≥≤<>＜＞≈±¥$年月日]+")
_LABELS: Final = re.compile(
    r"序号|名称|指标|单位|项目|内容|备注|属性|类别|类型|数量|金额|时间|日期|年份|地点|姓名|性别|职务"
    r"|部门|责任|任务|措施|目标|编号|标准|说明|要求|来源|地区|合计|分值|得分|标题|作者|阶段|方式|电话"
    r"|(?i:^no\.?$|^name|title|^type|^unit|indicator|^item|value|target|outcome|^date|^year|^notes?$)"
)
_SENTENCE: Final = re.compile(r"[。；！？;!?]|\.\s|\.$")
_UNDER: Final = re.compile(
    r"(?:注|备注|附注|说明|资料来源|数据来源|来源|notes?|source)\s*\d*\s*[:：.]", re.I
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and how many columns and rows it covers; `stands_out` is bold type or shading.

    `page` is where it stands, in a table that runs over several pages.
    """

    parts: tuple[str, ...] = ()
    columns: int = 1
    rows: int = 1
    is_header: bool = False
    stands_out: bool = False
    marks: tuple[str, ...] = ()
    page: int | None = None

    @property
    def text(self) -> str:
        return joined(self.parts)


@dataclass(frozen=True, slots=True)
class _Slot:
    cell: Cell
    column: int


_Grid = list[list[_Slot | None]]


def write_table(
    builder: SourceBuilder, rows: Sequence[Sequence[Cell]], *, page: int | None = None
) -> None:
    """Add a table: its caption and the notes under it as text, its header rows, its rows."""
    grid = _without_idle_columns(_laid_out(rows))
    if not grid:
        return
    width = len(grid[0])
    first, last = 0, len(grid)
    while first < last and width > 1 and _lone(grid[first]) and _spans(grid[first]):
        first += 1
    while last > first and width > 1 and _is_under(grid[last - 1]):
        last -= 1
    _as_text(builder, grid[:first], page)
    if width == 1 or (last - first == 1 and _lone(grid[first])):
        _as_text(builder, grid[first:last], page)
    else:
        _as_rows(builder, grid[first:last], page)
    _as_text(builder, grid[last:], page)


def _laid_out(rows: Sequence[Sequence[Cell]]) -> _Grid:
    """Every place of the grid with the cell that covers it."""
    rows = _within_reason(rows)
    grid: _Grid = [[] for _ in rows]
    for number, cells in enumerate(rows):
        column = 0
        for cell in cells:
            column = _free(grid[number], column)
            slot = _Slot(cell, column)
            for row in grid[number : number + cell.rows]:
                _place(row, slot, column, cell.columns)
    width = max((len(row) for row in grid), default=0)
    for row in grid:
        row += [None] * (width - len(row))
    return [row for row in grid if any(slot and slot.cell.text for slot in row)]


def _within_reason(rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    """Spans that would make millions of places out of a few cells are not believed."""
    width = max((sum(cell.columns for cell in cells) for cells in rows), default=0)
    places = sum(
        cell.columns * min(cell.rows, len(rows) - number)
        for number, cells in enumerate(rows)
        for cell in cells
    )
    if max(places, width * len(rows)) <= _MOST_PLACES:
        return rows
    return [[replace(cell, columns=1, rows=1) for cell in cells] for cells in rows]


def _free(row: list[_Slot | None], column: int) -> int:
    while column < len(row) and row[column] is not None:
        column += 1
    return column


def _place(row: list[_Slot | None], slot: _Slot, column: int, columns: int) -> None:
    row += [None] * (column + columns - len(row))
    for place in range(column, column + columns):
        if row[place] is None:
            row[place] = slot


def _without_idle_columns(grid: _Grid) -> _Grid:
    """Columns where no text begins come from crooked grid lines and from spacing."""
    if not grid:
        return grid
    used = [
        any(slot and slot.column == column and slot.cell.text for slot in places)
        for column, places in enumerate(zip(*grid, strict=True))
    ]
    return [[slot for slot, keep in zip(row, used, strict=True) if keep] for row in grid]


def _lone(row: list[_Slot | None]) -> Cell | None:
    """The only cell with text in a row."""
    cells = list({id(slot.cell): slot.cell for slot in row if slot and slot.cell.text}.values())
    return cells[0] if len(cells) == 1 else None


def _spans(row: list[_Slot | None]) -> bool:
    """The row is one merged cell and nothing else."""
    return len({id(slot) for slot in row if slot}) == 1 and row[0] is not None and None not in row


def _is_under(row: list[_Slot | None]) -> bool:
    cell = _lone(row)
    return bool(cell and row[0] and row[0].cell is cell and _UNDER.match(cell.text))


def _as_text(builder: SourceBuilder, grid: _Grid, page: int | None) -> None:
    written: set[int] = set()
    for row in grid:
        for slot in row:
            if slot and id(slot.cell) not in written:
                written.add(id(slot.cell))
                for part in slot.cell.parts:
                    builder.add(Role.TEXT, part, page=slot.cell.page or page, marks=slot.cell.marks)


def _as_rows(builder: SourceBuilder, grid: _Grid, page: int | None) -> None:
    table = builder.open_table()
    depth = _header_depth(grid)
    if depth:
        header = tuple(_label(places) for places in zip(*grid[:depth], strict=True))
        marks = _marks(slot for row in grid[:depth] for slot in row)
        builder.add_row(table, header, is_header=True, page=page, marks=marks)
    for row in grid[depth:]:
        lone = _lone(row)
        if lone and _spans(row):
            cells: tuple[tuple[str, ...], ...] = (lone.parts,)
        else:
            cells = tuple(_value(row, column) for column in range(len(row)))
        builder.add_row(table, cells, page=_page(row) or page, marks=_marks(row))


def _label(places: Sequence[_Slot | None]) -> tuple[str, ...]:
    """The header of a column: what stands above it, from top to bottom, each said once."""
    said = dict.fromkeys(slot.cell.text for slot in places if slot and slot.cell.text)
    return (" ".join(said),) if said else ()


def _value(row: list[_Slot | None], column: int) -> tuple[str, ...]:
    """A cell over several columns is said in the first of them, over several rows in each."""
    slot = row[column]
    is_said = column > 0 and row[column - 1] is slot
    return () if slot is None or is_said else slot.cell.parts


def _page(row: Sequence[_Slot | None]) -> int:
    """The page a row stands on: cells that reach down into it may begin on one before."""
    return max((slot.cell.page or 0 for slot in row if slot), default=0)


def _marks(slots: Iterable[_Slot | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark for slot in slots if slot for mark in slot.cell.marks))


def _header_depth(grid: _Grid) -> int:
    said = 0
    while said < len(grid) - 1 and _all_headers(grid[said]):
        said += 1
    if said:
        return said
    if len(grid) < 2 or len(grid[0]) < 2 or not _reads_as_labels(grid):
        return 0
    first = [slot for slot in grid[0] if slot]
    if len({id(slot) for slot in first}) == len(first):
        return 1
    depth = max(2, *(slot.cell.rows for slot in first))
    continued = {id(slot) for slot in first}
    second = [slot.cell.text for slot in grid[1] if slot and id(slot) not in continued]
    return 1 if any(map(_is_value, second)) else min(depth, len(grid) - 1)


def _is_value(text: str) -> bool:
    return bool(_VALUE.fullmatch(text)) and "年" not in text


def _all_headers(row: list[_Slot | None]) -> bool:
    cells = [slot.cell for slot in row if slot and slot.cell.text]
    return bool(cells) and all(cell.is_header for cell in cells)


def _reads_as_labels(grid: _Grid) -> bool:
    first = [slot.cell if slot else Cell() for slot in grid[0]]
    texts = [cell.text for cell in first]
    if not all(texts[1:]) or not all(map(_could_label, texts[1:])):
        return False
    named = [bool(_LABELS.search(text)) for text in texts]
    if len(texts) % 2 == 0 and all(named[::2]) and not any(named[1::2]):
        return False
    below = [slot.cell for row in grid[1:] for slot in row[1:] if slot and slot.cell.text]
    outstanding = all(cell.stands_out for cell in first if cell.text)
    if outstanding and not any(cell.stands_out for cell in below):
        return True
    valued = any(_VALUE.fullmatch(cell.text) for cell in below)
    return sum(named) * 2 >= len(texts) or (valued and len(texts) > 2) or len(texts) > 3


def _could_label(text: str) -> bool:
    return len(text) <= 40 and not _SENTENCE.search(text) and not _is_value(text)
