"""The database: engine, declarative base, sessions."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from foundation.errors import DatabaseUnavailable

Sessions = sessionmaker[Session]
T = TypeVar("T")

_NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The one registry of tables; each package declares its own rows beside its queries."""

    metadata = MetaData(naming_convention=_NAMING)


class Instant(TypeDecorator[datetime]):
    """An instant, always aware and in UTC, also where the database keeps no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def open_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, waits for other writers) or PostgreSQL."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(url, parsed.database)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(parsed, pool_pre_ping=True, json_serializer=_as_json)
    except (ArgumentError, ImportError) as error:
        raise DatabaseUnavailable(f"The database address cannot be used: {error}") from error


def _sqlite(url: str, path: str | None) -> Engine:
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 60}, json_serializer=_as_json)
    event.listen(engine, "connect", _prepare_sqlite)
    # The driver's own transactions begin too late to keep two writers apart; ours begin at once.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def open_sessions(engine: Engine) -> Sessions:
    return sessionmaker(engine, expire_on_commit=False)


def reaching(engine: Engine, act: Callable[[], T]) -> T:
    """Act on the database; that it cannot be reached is said in one sentence."""
    try:
        return act()
    except OperationalError as error:
        shown = engine.url.render_as_string(hide_password=True)
        raise DatabaseUnavailable(f"The database {shown} does not answer: {error.orig}") from error
