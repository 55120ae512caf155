"""Duties: what one process at a time does, at most so often, whichever process it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Table, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from scheduler.rows import DutyRow

LEASE: Final = timedelta(minutes=2)
# A lease that runs longer was written before a clock was put back.
_LONGEST_LEASE: Final = timedelta(hours=1)
_PROCESS: Final = "process "

_table: Final[Table] = DutyRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that is ours now, and when it was done before."""

    name: str
    holder: str
    done_at: datetime | None


def take(
    session: Session,
    name: str,
    holder: str,
    now: datetime,
    every: timedelta = timedelta(),
    lease: timedelta = LEASE,
) -> Duty | None:
    """The duty, if nobody holds it and it was not done for `every`."""
    _there(session, name)
    is_free = or_(
        _table.c.lease_until.is_(None), _table.c.lease_until < now,
        _table.c.lease_until > now + _LONGEST_LEASE, _table.c.holder == holder,
    )  # fmt: skip
    is_time = or_(
        _table.c.done_at.is_(None), _table.c.done_at <= now - every, _table.c.done_at > now
    )
    taken = (
        update(_table)
        .where(_table.c.name == name, is_free, is_time)
        .values(holder=holder, lease_until=now + lease)
        .returning(_table.c.done_at)
    )
    row = session.execute(taken).first()
    return None if row is None else Duty(name, holder, row[0])


def hold(session: Session, duty: Duty, now: datetime, lease: timedelta = LEASE) -> bool:
    """Go on holding it; False when somebody else has taken it over."""
    return _changed(session, duty, {"lease_until": now + lease})


def done(session: Session, duty: Duty, at: datetime, says: str = "") -> bool:
    return _changed(session, duty, {"done_at": at, "lease_until": None, "says": says})


def given_up(session: Session, duty: Duty, says: str) -> bool:
    """It went wrong; it is tried again when its time has come once more."""
    return _changed(session, duty, {"lease_until": None, "says": says})


def _changed(session: Session, duty: Duty, values: dict[str, Any]) -> bool:
    ours = update(_table).where(_table.c.name == duty.name, _table.c.holder == duty.holder)
    found = session.execute(ours.values(values))
    return isinstance(found, CursorResult) and found.rowcount > 0


def _there(session: Session, name: str) -> None:
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    row = {"name": name, "holder": "", "says": ""}
    session.execute(insert(_table).values(row).on_conflict_do_nothing())


def beat(session: Session, holder: str, now: datetime, alive: timedelta) -> int:
    """Say that this process lives; answers how many do."""
    name = f"{_PROCESS}{holder}"
    _there(session, name)
    session.execute(update(_table).where(_table.c.name == name).values(done_at=now, holder=holder))
    others = _table.c.name.startswith(_PROCESS)
    session.execute(delete(_table).where(others, _table.c.done_at < now - alive))
    return max(1, len(session.scalars(select(_table.c.name).where(others)).all()))


def leave(session: Session, holder: str) -> None:
    session.execute(delete(_table).where(_table.c.name == f"{_PROCESS}{holder}"))


def all_duties(session: Session) -> Sequence[DutyRow]:
    return session.scalars(select(DutyRow).order_by(DutyRow.name)).all()
