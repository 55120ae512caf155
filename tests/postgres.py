"""A real PostgreSQL for tests, started from the binaries of this machine and thrown away after."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

WHY_NOT = "NO POSTGRESQL HERE: initdb and pg_ctl were not found, nothing was tried on PostgreSQL"
_numbers = count(1)


@contextmanager
def postgres_server() -> Iterator[Path]:
    """Runs a server that listens on a socket only; gives the folder of the socket."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip(WHY_NOT)
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    _hand_over(folder)
    data = folder / "data"
    try:
        _as_nobody(
            binaries / "initdb", "-D", data, "-U", "libcoach", "-A", "trust", "-E", "UTF8",
            "--no-locale", "--no-sync",
        )  # fmt: skip
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        _as_nobody(
            binaries / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start"
        )
        try:
            yield folder
        finally:
            _as_nobody(binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(socket: Path) -> str:
    """A fresh database on the server; answers its address."""
    name = f"t{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(
        host=str(socket), user="libcoach", dbname="postgres", autocommit=True
    ) as c:
        c.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql://libcoach@/{name}?host={socket}"


def _binaries() -> Path | None:
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((p for p in places if (p / "initdb").exists() and (p / "pg_ctl").exists()), None)


def _user() -> str | None:
    """PostgreSQL refuses to be run by root."""
    return "nobody" if os.geteuid() == 0 else None


def _hand_over(folder: Path) -> None:
    user = _user()
    if user is not None:
        person = pwd.getpwnam(user)
        os.chown(folder, person.pw_uid, person.pw_gid)


def _as_nobody(*command: object) -> None:
    subprocess.run(
        [str(part) for part in command], user=_user(), check=True, cwd="/",
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
