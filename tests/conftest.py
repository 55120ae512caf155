from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.wiring import App, open_app
from foundation.clock import FixedClock
from foundation.database import open_engine
from foundation.settings import Settings
from retrieval.answering import Answering
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


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The five founding documents, read, indexed and ready to answer; made once for all tests."""
    today = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
    opened = open_app(Settings(home=tmp_path_factory.mktemp("library")), FixedClock(today))
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def answering(app: App) -> Answering:
    return app.answering
