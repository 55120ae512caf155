"""The database: engine, declarative base, sessions."""

import json
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from foundation.database_faults import as_unavailable
from foundation.errors import DatabaseUnavailable

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

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Where instants are kept as text they are read in one step: there are many of them."""
        if dialect.name == "sqlite":
            return _read_instant
        return super().result_processor(dialect, coltype)


def _read_instant(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(f"{written}+00:00")


class Sessions(sessionmaker[Session]):
    """`sessions()` is for reading; `sessions.begin()` writes, and waits until it is its turn."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)
        # SQLite lets others ask again and again until it is free; threads are woken at once.
        is_file = engine.dialect.name == "sqlite"
        self._turn: AbstractContextManager[object] = threading.RLock() if is_file else nullcontext()

    @contextmanager
    def begin(self) -> Iterator[Session]:
        with self._turn, super().begin() as session:
            session.connection(execution_options={"writes": True})
            yield session


def open_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, waits for other writers) or PostgreSQL."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            engine = _sqlite(url, parsed.database)
        else:
            if parsed.drivername == "postgresql":
                parsed = parsed.set(drivername="postgresql+psycopg")
            engine = create_engine(parsed, pool_pre_ping=True, json_serializer=_as_json)
    except (ArgumentError, ImportError) as error:
        raise DatabaseUnavailable(f"The database address cannot be used: {error}") from error
    event.listen(engine, "handle_error", as_unavailable)
    return engine


def _sqlite(url: str, path: str | None) -> Engine:
    if path and path != ":memory:":
        _make_folder(Path(path).parent)
    engine = create_engine(url, connect_args={"timeout": 60}, json_serializer=_as_json)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(
            f"The folder {folder} cannot be made ({error.strerror}); point LIBCOACH_HOME to one"
            " that may be written."
        ) from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """The driver's own transactions begin too late to keep two writers apart.

    Who reads first and then writes is refused when somebody else wrote in between, without
    waiting; who announces the writing waits for the other to finish.
    """
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def open_sessions(engine: Engine) -> Sessions:
    return Sessions(engine)
