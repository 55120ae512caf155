"""Asking for many rows at once: the values travel as one, not as a thousand parameters."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session


def among(session: Session, column: ColumnElement[Any], values: Iterable[str]) -> Any:
    """`column` is one of these values."""
    found = list(values)
    if session.get_bind().dialect.name == "postgresql":
        return column == any_(bindparam(None, found, type_=ARRAY(String)))
    each = func.json_each(bindparam(None, json.dumps(found), type_=String)).table_valued("value")
    return column.in_(select(each.c.value))
