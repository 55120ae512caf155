from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from foundation.database import open_engine
from tests.postgres import new_database, postgres_server


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[Path]:
    with postgres_server() as socket:
        yield socket


@pytest.fixture
def postgres_url(postgres_socket: Path) -> str:
    """The address of a fresh PostgreSQL database."""
    return new_database(postgres_socket)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh database; what uses it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'home' / 'libcoach.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def opening() -> Iterator[Callable[[str], Engine]]:
    """Opens databases that are closed when the test is over."""
    engines: list[Engine] = []

    def opened(url: str) -> Engine:
        engines.append(open_engine(url))
        return engines[-1]

    yield opened
    for engine in engines:
        engine.dispose()


@pytest.fixture
def engine(database_url: str, opening: Callable[[str], Engine]) -> Engine:
    return opening(database_url)
