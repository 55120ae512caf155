"""Asking for many rows at once: the values travel as one, not as a thousand parameters."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    String,
    any_,
    bindparam,
    cast,
    column,
    func,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON
from sqlalchemy.orm import Session

from foundation.database import Instant

# SQLite keeps instants as text in UTC that says no zone; PostgreSQL wants to be told.
_UTC: Final = "+00:00"


def among(session: Session, column: ColumnElement[Any], values: Iterable[str]) -> Any:
    """`column` is one of these values."""
    found = list(values)
    if session.get_bind().dialect.name == "postgresql":
        return column == any_(bindparam(None, found, type_=ARRAY(String)))
    each = func.json_each(bindparam(None, json.dumps(found), type_=String)).table_valued("value")
    return column.in_(select(each.c.value))


def each_since(session: Session, moments: Mapping[str, datetime]) -> tuple[Any, Any, Any]:
    """Something to join with: where from, a key of it, and the moment that belongs to it."""
    written = [(key, _written(at)) for key, at in moments.items()]
    document = json.dumps(written)
    if session.get_bind().dialect.name == "postgresql":
        found = func.json_array_elements(cast(bindparam(None, document, type_=String), JSON))
        each = found.table_valued(column("value", JSON))
        return each, each.c.value[0].astext, cast(each.c.value[1].astext + _UTC, Instant)
    each = func.json_each(bindparam(None, document, type_=String)).table_valued("value")
    key, at = (func.json_extract(each.c.value, f"$[{n}]") for n in range(2))
    return each, key, type_coerce(at, Instant)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(" ", "microseconds").removesuffix(_UTC)
