"""Bringing a database to the form this program knows, after a backup of its file."""

import shutil
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from foundation.database import reaching
from foundation.errors import DatabaseUnavailable

SCRIPTS: Final = Path(__file__).parent / "migrations"
NEWEST: Final = "0001"


def migrate(engine: Engine, now: datetime) -> Path | None:
    """Migrate when needed; answers where the backup lies, if one was made."""
    current = reaching(engine, lambda: _revision(engine))
    if current == NEWEST:
        return None
    if current is not None and current > NEWEST:
        raise DatabaseUnavailable(
            f"The database was written by a newer LibCoach (form {current}, this one knows"
            f" {NEWEST}). Update the program, or point LIBCOACH_HOME to another folder."
        )
    kept = _backup(engine, now) if current is not None else None
    _upgrade(engine)
    return kept


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return None if found is None else str(found)


def _backup(engine: Engine, now: datetime) -> Path | None:
    if engine.url.get_backend_name() != "sqlite" or not engine.url.database:
        return None
    source = Path(engine.url.database)
    target = source.with_name(f"{source.stem}-before-{NEWEST}-{now:%Y%m%dT%H%M%SZ}.db")
    part = target.with_suffix(".part")
    with sqlite3.connect(source) as old, sqlite3.connect(part) as new:
        old.backup(new)
    shutil.move(part, target)
    return target


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    def run(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    with engine.begin() as connection:
        # Two programs starting at once: the second waits here, then finds the work done.
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(20242029)"))
        else:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        run(connection)
