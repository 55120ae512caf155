"""Backups of the database: made while it is in use, proved, rotated, and put back."""

import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL

from foundation.errors import AppError

_DAYS: Final = 7
_WEEKS: Final = 4
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_PATIENCE: Final = 600


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its file and when it was made."""

    path: Path
    made_at: datetime


def back_up(url: URL, folder: Path, now: datetime) -> Backup:
    """A proved copy of the database in a folder; an unfinished one never has its name."""
    folder.mkdir(parents=True, exist_ok=True)
    is_sqlite = url.get_backend_name() == "sqlite"
    suffix = "db" if is_sqlite else "dump"
    path = folder / f"libcoach-{now.astimezone(UTC):{_STAMP}}.{suffix}"
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        if is_sqlite:
            _copy_sqlite(Path(str(url.database)), part)
        else:
            _dump_postgres(url, part)
        part.replace(path)
    except (OSError, sqlite3.Error, subprocess.SubprocessError) as error:
        part.unlink(missing_ok=True)
        raise AppError(f"The backup {path} could not be made: {error}") from error
    return Backup(path, now)


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    prove(target)


def prove(path: Path) -> None:
    """A backup that is damaged is none."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            found = database.execute("PRAGMA integrity_check").fetchall()
            form = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise AppError(f"{path} is no whole database: {error}") from error
    if found != [("ok",)] or form is None:
        raise AppError(f"{path} is damaged.")


def _dump_postgres(url: URL, target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise AppError("pg_dump was not found; install PostgreSQL's client programs.")
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    command = [program, "--format=custom", f"--file={target}", f"--dbname={plain}"]
    done = subprocess.run(  # noqa: S603 - the program is the one on the path, the rest is ours
        command, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    if done.returncode != 0:
        raise AppError(f"pg_dump ended with: {done.stderr.strip()[:200]}")


def backups(folder: Path) -> list[Backup]:
    """What there is, the newest first."""
    found = []
    for path in folder.glob("libcoach-*.*"):
        try:
            made = datetime.strptime(path.stem.removeprefix("libcoach-"), _STAMP)  # noqa: DTZ007
        except ValueError:
            continue
        if path.suffix in (".db", ".dump"):
            found.append(Backup(path, made.replace(tzinfo=UTC)))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def superfluous(found: Sequence[Backup], now: datetime) -> list[Backup]:
    """All but the newest of each of the last seven days and of each of the last four weeks."""
    kept: dict[str, Backup] = {}
    for backup in sorted(found, key=lambda one: one.made_at, reverse=True):
        age = now - backup.made_at
        day, week = f"{backup.made_at:%Y-%m-%d}", f"{backup.made_at:%G-W%V}"
        if age < timedelta(days=_DAYS):
            kept.setdefault(day, backup)
        if age < timedelta(weeks=_WEEKS):
            kept.setdefault(week, backup)
    # However old the newest is, it is better than none.
    last = max(found, key=lambda one: one.made_at, default=None)
    return [one for one in found if one not in kept.values() and one is not last]


def rotate(folder: Path, now: datetime) -> int:
    gone = superfluous(backups(folder), now)
    for backup in gone:
        backup.path.unlink(missing_ok=True)
    return len(gone)


def restore(path: Path, database: Path, now: datetime) -> Path | None:
    """Put a backup in the place of an SQLite database; answers where the old one lies now.

    Nobody may use the database meanwhile.
    """
    prove(path)
    part = database.with_suffix(".part")
    shutil.copyfile(path, part)
    aside = None
    if database.exists():
        _fold_in(database)
        aside = database.with_name(f"{database.stem}-aside-{now:{_STAMP}}{database.suffix}")
        database.replace(aside)
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    part.replace(database)
    return aside


def _fold_in(database: Path) -> None:
    """What stands beside the file only is written into it; a damaged file is left as it is."""
    try:
        with closing(sqlite3.connect(database, timeout=5)) as opened:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        return
