"""Moving rows from state to state by conditional updates: only the rows decide who sends what."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Table, Update, bindparam, delete, func, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from scheduler.among import among
from scheduler.delivery import WAITING, Delivery, Kind, State
from scheduler.putting import (
    as_document,
    put_postgres,
    put_sqlite,
    sent_postgres,
    sent_sqlite,
)
from scheduler.rows import DeliveryRow

LEASE: Final = timedelta(seconds=120)
# A lease that runs longer was written before a clock was put back.
_LONGEST_LEASE: Final = timedelta(hours=1)
# An unknown one is over when the next day's delivery comes.
UNKNOWN_FOR: Final = timedelta(hours=20)
CRASHED: Final = "crashed"
LONGEST_WHY: Final = 200

_table: Final[Table] = DeliveryRow.__table__  # type: ignore[assignment]
_COLUMNS: Final = (
    _table.c.id, _table.c.enrolment, _table.c.person, _table.c.kind, _table.c.module,
    _table.c.number, _table.c.local_date, _table.c.due_at,
)  # fmt: skip
# By name: the database takes many rows of them in one statement.
_RECORD: Final = (
    update(_table)
    .where(
        _table.c.id == bindparam("of"),
        _table.c.holder == bindparam("by"),
        or_(_table.c.state == State.SENDING, _table.c.state == State.UNKNOWN),
    )
    .values(
        state=bindparam("new_state"), why=bindparam("new_why"), message=bindparam("new_message"),
        due_at=bindparam("new_due_at"),
        changed_at=bindparam("now"), lease_until=None,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a delivery that somebody began to send."""

    delivery: Delivery
    state: State
    why: str = ""
    message: str = ""
    due_at: datetime | None = None


def put(session: Session, deliveries: Iterable[Delivery], now: datetime) -> None:
    """Write what is due; a slot that is there already stays as it is."""
    of_moment: dict[datetime, list[Delivery]] = {}
    for delivery in deliveries:
        of_moment.setdefault(delivery.due_at, []).append(delivery)
    is_postgres = session.get_bind().dialect.name == "postgresql"
    write = put_postgres if is_postgres else put_sqlite
    for due_at, found in of_moment.items():
        session.execute(write, {"due_at": due_at, "now": now, "rows": as_document(found)})


def claim(
    session: Session, now: datetime, holder: str, most: int, lease: timedelta = LEASE
) -> list[Delivery]:
    """Take up to `most` rows that are due; nobody else gets them while the lease runs."""
    picked = (
        select(_table.c.id)
        .where(_table.c.state == State.DUE, _table.c.due_at <= now)
        .order_by(_table.c.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    taken = (
        update(_table)
        .where(_table.c.id.in_(select(picked.c.id)), _table.c.state == State.DUE)
        .values(
            state=State.LEASED, holder=holder, lease_until=now + lease, changed_at=now,
            attempts=_table.c.attempts + 1,
        )
        .returning(*_COLUMNS)
    )  # fmt: skip
    return [_delivery(row) for row in session.execute(taken).all()]


def _delivery(row: Any) -> Delivery:
    key, enrolment, person, kind, *rest = row
    return Delivery(key, enrolment, person, Kind(kind), *rest)


def mark_sending(
    session: Session, ids: Collection[str], holder: str, now: datetime, lease: timedelta = LEASE
) -> set[str]:
    """Say, before the call, that it is being made; only what is still ours may be sent."""
    marked = (
        _ours(session, ids, holder, State.LEASED)
        .values(state=State.SENDING, lease_until=now + lease, changed_at=now)
        .returning(_table.c.id)
    )
    return set(session.scalars(marked))


def set_aside(session: Session, whys: Iterable[tuple[str, State, str]], now: datetime) -> None:
    """What must not go out any more: (id, EXPIRED or CANCELLED, why)."""
    for key, state, why in whys:
        session.execute(
            update(_table)
            .where(_table.c.id == key, _table.c.state.in_(WAITING))
            .values(state=state, why=why, lease_until=None, changed_at=now)
        )


def release(session: Session, ids: Collection[str], holder: str, now: datetime) -> None:
    """Give back what was claimed and not begun."""
    session.execute(
        _ours(session, ids, holder, State.LEASED).values(
            state=State.DUE, holder="", lease_until=None, changed_at=now,
            attempts=_table.c.attempts - 1,
        )
    )  # fmt: skip


def _ours(session: Session, ids: Collection[str], holder: str, state: State) -> Update:
    return update(_table).where(
        among(session, _table.c.id, ids), _table.c.holder == holder, _table.c.state == state
    )


def record(session: Session, outcomes: Sequence[Outcome], holder: str, now: datetime) -> None:
    """Write what became of each; also of one that was given up as unknown meanwhile."""
    sent = [(one.delivery.id, one.message) for one in outcomes if one.state is State.SENT]
    if sent:
        is_postgres = session.get_bind().dialect.name == "postgresql"
        write = sent_postgres if is_postgres else sent_sqlite
        rows = json.dumps(sent, ensure_ascii=False)
        session.execute(write, {"rows": rows, "by": holder, "now": now})
    others = [one for one in outcomes if one.state is not State.SENT]
    if others:
        session.execute(_RECORD, [
            {
                "of": one.delivery.id, "by": holder, "new_state": str(one.state),
                "new_why": one.why[:LONGEST_WHY], "new_message": one.message,
                "new_due_at": one.due_at or one.delivery.due_at, "now": now,
            }
            for one in others
        ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recovered:
    """What processes that ended left behind."""

    released: int
    unknown: int
    expired: int


def recover(session: Session, now: datetime) -> Recovered:
    """Free what was claimed only; what may have been sent becomes unknown, and is over in a day."""
    ended = or_(_table.c.lease_until < now, _table.c.lease_until > now + _LONGEST_LEASE)
    released = (
        update(_table)
        .where(_table.c.state == State.LEASED, ended)
        .values(
            state=State.DUE, holder="", lease_until=None, changed_at=now,
            attempts=_table.c.attempts - 1,
        )
    )  # fmt: skip
    unknown = (
        update(_table)
        .where(_table.c.state == State.SENDING, ended)
        .values(state=State.UNKNOWN, why=CRASHED, changed_at=now)
    )
    expired = (
        update(_table)
        .where(_table.c.state == State.UNKNOWN, _table.c.due_at < now - UNKNOWN_FOR)
        .values(state=State.EXPIRED, changed_at=now)
    )
    return Recovered(*(_count(session, act) for act in (released, unknown, expired)))


def attempts(session: Session, delivery: str) -> int:
    """How often somebody has begun to send it."""
    return session.scalar(select(_table.c.attempts).where(_table.c.id == delivery)) or 0


def cancel(session: Session, person: str, why: str, now: datetime) -> int:
    """Nothing that waits goes out to somebody any more."""
    return _count(
        session,
        update(_table)
        .where(_table.c.person == person, _table.c.state.in_(WAITING))
        .values(state=State.CANCELLED, why=why, lease_until=None, changed_at=now),
    )


def forget(session: Session, person: str) -> None:
    """What somebody was sent belongs to them, and is erased with them."""
    session.execute(delete(_table).where(_table.c.person == person))


def settle(session: Session, delivery: str, now: datetime | None = None) -> bool:
    """Somebody tapped what was delivered, so it has arrived, whatever we believed of it."""
    values: dict[str, Any] = {"state": State.SENT, "why": "tapped", "lease_until": None}
    if now is not None:
        values |= {"changed_at": now, "sent_at": func.coalesce(_table.c.sent_at, now)}
    arrived = (State.SENDING, State.UNKNOWN, State.EXPIRED)
    found = update(_table).where(
        _table.c.id == delivery, _table.c.state.in_(arrived), _table.c.attempts > 0
    )
    return _count(session, found.values(values)) > 0


def snooze(session: Session, delivery: str, until: datetime, now: datetime) -> bool:
    """Send it once more, later, because its person asked for that."""
    found = update(_table).where(_table.c.id == delivery, _table.c.state.in_(_ARRIVED))
    values = {"state": State.DUE, "due_at": until, "why": "snoozed", "changed_at": now}
    return _count(session, found.values(values)) > 0


_ARRIVED: Final = (State.SENT, State.UNKNOWN)


def _count(session: Session, act: Update) -> int:
    done = session.execute(act)
    return done.rowcount if isinstance(done, CursorResult) else 0
