"""Bringing a database to the form this program knows, after a backup of its file."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from foundation.errors import DatabaseUnavailable

SCRIPTS: Final = Path(__file__).parent / "migrations"
NEWEST: Final = "0003"


def migrate(engine: Engine, now: datetime) -> Path | None:
    """Migrate when needed; answers where the backup lies, if one was made."""
    with engine.connect() as connection:
        if _is_newest(_revision(connection)):
            return None
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        # Two programs starting at once: the second waits here, then finds the work done.
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(20242029)"))
        found = _revision(connection)
        if _is_newest(found):
            return None
        kept = _backup(engine, now) if found is not None else None
        _upgrade(connection)
        return kept


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def _is_newest(found: str | None) -> bool:
    if found is not None and found > NEWEST:
        raise DatabaseUnavailable(
            f"The database was written by a newer LibCoach (form {found}, this one knows"
            f" {NEWEST}). Update the program, or point LIBCOACH_HOME to another folder."
        )
    return found == NEWEST


def _backup(engine: Engine, now: datetime) -> Path | None:
    """A copy of the file as it is; whoever migrates holds the database meanwhile."""
    if engine.url.get_backend_name() != "sqlite" or not engine.url.database:
        return None
    source = Path(engine.url.database)
    target = source.with_name(f"{source.stem}-before-{NEWEST}-{now:%Y%m%dT%H%M%SZ}.db")
    part = target.with_suffix(".part")
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseUnavailable(
            f"The database must be brought up to date, but its backup {target} cannot be"
            f" written ({error}); nothing was changed."
        ) from error
    return target


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
