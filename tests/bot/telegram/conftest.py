from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.port import Hears, StandingOf
from bot.telegram.running import TelegramChannel
from foundation.clock import system_clock
from foundation.database import Sessions, open_engine, open_sessions
from foundation.migrating import migrate
from foundation.settings import Settings
from tests.running_bot import Bot, Starting
from tests.telegram_server.server import TelegramServer, telegram_server


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with telegram_server() as server:
        yield server


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[Sessions]:
    engine = open_engine(f"sqlite:///{tmp_path / 'libcoach.db'}")
    migrate(engine, system_clock())
    yield open_sessions(engine)
    engine.dispose()


@pytest.fixture
def starting(telegram: TelegramServer, sessions: Sessions, tmp_path: Path) -> Iterator[Starting]:
    """Starts bots that hear with the given ears; all are stopped at the end."""
    started: list[Bot] = []

    def start(hears: Hears, standing_of: StandingOf | None = None, **more: Any) -> Bot:
        settings = Settings(
            home=tmp_path, telegram_token=telegram.token, telegram_api_url=telegram.url,
            **more.pop("settings", {}),
        )  # fmt: skip
        more.setdefault("between_edits", 0.2)
        channel = TelegramChannel(
            settings, hears, sessions, system_clock, standing_of, **more
        )  # fmt: skip
        started.append(Bot(channel).start())
        return started[-1]

    yield start
    for bot in started:
        bot.stop()
