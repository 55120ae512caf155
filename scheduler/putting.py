"""Writing many due rows in one statement: they travel as one JSON document."""

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Date, Integer, Table, bindparam, cast, column, func, literal, select, update
from sqlalchemy import type_coerce as as_is
from sqlalchemy.dialects import postgresql, sqlite

from foundation.database import Instant
from scheduler.delivery import Delivery, State
from scheduler.rows import DeliveryRow

_TRAVELLING: Final = ("id", "enrolment", "person", "module", "kind", "number", "local_date")
_table: Final[Table] = DeliveryRow.__table__  # type: ignore[assignment]
_SAME: Final[dict[str, Any]] = {
    "due_at": bindparam("due_at", type_=Instant), "state": literal(str(State.DUE)),
    "why": literal(""), "holder": literal(""), "attempts": literal(0), "message": literal(""),
    "changed_at": bindparam("now", type_=Instant),
}  # fmt: skip


def as_document(deliveries: Sequence[Delivery]) -> str:
    """The rows as arrays, in the order of what travels."""
    rows = [
        (d.id, d.enrolment, d.person, d.module, str(d.kind), d.number, d.local_date.isoformat())
        for d in deliveries
    ]
    return json.dumps(rows, ensure_ascii=False)


def _sqlite_parts(count: int) -> list[Any]:
    each = func.json_each(bindparam("rows")).table_valued("value")
    return [func.json_extract(each.c.value, f"$[{n}]") for n in range(count)]


def _postgres_parts(count: int) -> list[Any]:
    document = cast(bindparam("rows"), postgresql.JSON)
    each = func.json_array_elements(document).table_valued(column("value", postgresql.JSON))
    return [each.c.value[n].astext for n in range(count)]


def _put_sqlite() -> Any:
    parts = _sqlite_parts(len(_TRAVELLING))
    parts[-1] = as_is(parts[-1], Date)
    # SQLite takes the ON of a conflict for that of a join unless a WHERE stands before it.
    found = select(*parts, *_SAME.values()).where(literal(1) == 1)
    insert = sqlite.insert(_table).from_select(
        [*_TRAVELLING, *_SAME], found, include_defaults=False
    )
    return insert.on_conflict_do_nothing()


def _put_postgres() -> Any:
    parts = _postgres_parts(len(_TRAVELLING))
    parts[-2], parts[-1] = cast(parts[-2], Integer), cast(parts[-1], Date)
    found = select(*parts, *_SAME.values())
    insert = postgresql.insert(_table).from_select(
        [*_TRAVELLING, *_SAME], found, include_defaults=False
    )
    return insert.on_conflict_do_nothing()


def _sent(key: Any, message: Any) -> Any:
    """Those that were sent: (id, message), if they are still ours to speak of."""
    # As an expression, so that rows are found by their ids and not by the index of states.
    is_open = (_table.c.state + "").in_((State.SENDING, State.UNKNOWN))
    now = bindparam("now", type_=Instant)
    return (
        update(_table)
        .where(_table.c.id == key, _table.c.holder == bindparam("by"), is_open)
        .values(
            state=str(State.SENT), why="", message=message, sent_at=now, changed_at=now,
            lease_until=None,
        )
    )  # fmt: skip


put_sqlite: Final = _put_sqlite()
put_postgres: Final = _put_postgres()
sent_sqlite: Final = _sent(*_sqlite_parts(2))
sent_postgres: Final = _sent(*_postgres_parts(2))
