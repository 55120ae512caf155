"""Text files: prose with or without Markdown marks, and tables parted by commas or tabs."""

import csv
from io import StringIO

from knowledge.readers.decoding import decode
from knowledge.readers.lines import read_lines
from knowledge.source import Source, SourceBuilder

_SAMPLE = 20_000
_LONGEST_CELL = 1_000_000


def read_plain(data: bytes) -> Source:
    return read_lines(decode(data))


def read_table_text(data: bytes) -> Source:
    """A CSV or TSV file: one table, its first row the header."""
    text = decode(data)
    rows = _rows(text)
    if max((len(row) for row in rows), default=0) < 2:
        return read_lines(text)
    builder = SourceBuilder()
    table = builder.open_table()
    for number, row in enumerate(rows):
        cells = tuple((cell.strip(),) if cell.strip() else () for cell in row)
        builder.add_row(table, cells, is_header=number == 0)
    return builder.build()


def _rows(text: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:_SAMPLE], delimiters=",;\t，")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = list(csv.reader(StringIO(text, newline=""), dialect))
    except csv.Error:
        rows = [line.split(",") for line in text.splitlines()]
    return [row for row in rows if any(cell.strip() for cell in row)]
