"""A sheet: named columns with their kinds, and the rows, one after another."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Value = object
Row = tuple[Value, ...]


class Kind(StrEnum):
    """What stands in a column; instants are texts in ISO 8601 with the offset of their zone."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Column:
    """`values` are those allowed, or the range, where that can be said."""

    name: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    values: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)
