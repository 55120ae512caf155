"""Rows of a workbook as XML: XlsxWriter makes the book, its cells one by one would take minutes.

It would also take a text that begins with `<r>` and ends with `</r>` for XML of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from training_modules.exporting.sheet import Column, Kind, Row

# The longest text of a cell; what is longer is cut.
LETTERS: Final = 32_767
_EPOCH: Final = date(1899, 12, 30).toordinal()
_SPECIAL: Final = re.compile(r"[&<>\x00-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9a-fA-F]{4}_|^\s|\s$")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED: Final = re.compile(r"_(x[0-9a-fA-F]{4}_)")
_KNOWN: Final = 5000


def rows_as_xml(
    columns: Sequence[Column], rows: Iterable[Row], first: int, day_style: int
) -> Iterator[str]:
    """One `<row>` after another, the first with that number; days in their style."""
    letters = [letter(n) for n in range(len(columns))]
    texts = [column.kind in (Kind.TEXT, Kind.INSTANT) for column in columns]
    known: dict[Any, str] = {}
    for number, row in enumerate(rows, first):
        parts = [f'<row r="{number}">']
        for name, is_text, value in zip(letters, texts, row, strict=True):
            if value is None or value == "":
                continue
            if not is_text:
                parts.append(_plain(f"{name}{number}", value, day_style))
                continue
            told = known.get(value)
            if told is None:
                told = _text(str(value))
                if len(known) < _KNOWN:
                    known[value] = told
            parts.append(f'<c r="{name}{number}" t="inlineStr"><is>{told}</is></c>')
        parts.append("</row>")
        yield "".join(parts)


def _plain(place: str, value: object, day_style: int) -> str:
    """A number, a claim or a day."""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{day_style}"><v>{value.toordinal() - _EPOCH}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def _text(value: str) -> str:
    if len(value) > LETTERS:
        value = f"{value[: LETTERS - 1]}…"
    if not _SPECIAL.search(value):
        return f"<t>{value}</t>"
    escaped = _LOOKS_ESCAPED.sub(r"_x005F_\1", value)
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", escaped)
    return f'<t xml:space="preserve">{escaped}</t>'


@cache
def letter(column: int) -> str:
    """A, B, …, Z, AA, AB, …"""
    before, last = divmod(column, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)
