import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from foundation.database import open_engine, open_sessions
from foundation.migrating import migrate
from retrieval.index import SearchIndex
from retrieval.lexical import LexicalIndex
from tests.postgres import new_database
from tests.shelf import NOON, Shelf


class NoVectors:
    """The dense half where there is no model: words alone decide."""

    trouble = None

    def put(self, texts: object) -> None: ...

    def remove(self, versions: object) -> None: ...

    def versions(self) -> None:
        return None

    def search(self, question: str, k: int, live: object = None) -> list[object]:  # noqa: ARG002
        return []


@pytest.fixture(scope="session")
def migrated_postgres(postgres_socket: Path) -> Iterator[Engine]:
    """One PostgreSQL database with all tables, to be emptied by whoever uses it."""
    engine = open_engine(new_database(postgres_socket))
    migrate(engine, NOON)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "libcoach.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine, NOON)
    engine.dispose()
    return path


@pytest.fixture
def sqlite_engine(
    migrated_sqlite: Path, tmp_path: Path, opening: Callable[[str], Engine]
) -> Engine:
    shutil.copy(migrated_sqlite, tmp_path / "libcoach.db")
    return opening(f"sqlite:///{tmp_path / 'libcoach.db'}")


@pytest.fixture
def postgres_engine(migrated_postgres: Engine) -> Engine:
    tables = ", ".join(inspect(migrated_postgres).get_table_names())
    emptied = tables.replace("alembic_version, ", "").replace(", alembic_version", "")
    with migrated_postgres.begin() as connection:
        connection.execute(text(f"TRUNCATE {emptied}"))
    return migrated_postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    """SQLite with the real index, PostgreSQL with the simplest one."""
    if request.param == "sqlite":
        index = SearchIndex(LexicalIndex(tmp_path / "lexical"), NoVectors())
        return Shelf(open_sessions(request.getfixturevalue("sqlite_engine")), index)
    return Shelf(open_sessions(request.getfixturevalue("postgres_engine")))
