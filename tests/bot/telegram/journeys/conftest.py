import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram import tapping
from bot.wiring import App, open_app
from foundation.clock import FixedClock
from foundation.database import Sessions
from foundation.settings import Settings
from tests.bot.telegram.journeys.journey import NOW, PATIENCE, Journey, Setting
from tests.running_bot import Starting
from tests.telegram_server.server import TelegramServer

_LONGEST = 60.0


@pytest.fixture(scope="package")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the founding documents in it, which each journey copies."""
    home = tmp_path_factory.mktemp("library")
    open_app(Settings(home=home), FixedClock(NOW)).engine.dispose()
    return home


@pytest.fixture(scope="package")
def seconds() -> list[float]:
    """How long each journey took."""
    return []


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def app(library: Path, tmp_path: Path, clock: FixedClock) -> Iterator[App]:
    home = tmp_path / "home"
    shutil.copytree(library, home)
    opened = open_app(Settings(home=home), clock)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def sessions(app: App) -> Sessions:
    return app.sessions


@pytest.fixture
def setting_out(
    telegram: TelegramServer, starting: Starting, app: App, monkeypatch: pytest.MonkeyPatch,
    seconds: list[float],
) -> Iterator[Setting]:  # fmt: skip
    """Begins a journey of these administrators; all journeys together are not to take long."""
    # A tapped button is answered with its word, however slow the machine is.
    monkeypatch.setattr(tapping, "_PATIENCE", PATIENCE)
    begun = time.monotonic()
    journeys: list[Journey] = []

    def set_out(*admins: int) -> Journey:
        journeys.append(Journey(telegram, starting, app, *admins))
        return journeys[-1]

    yield set_out
    for journey in journeys:
        print(journey.transcript.text())  # What a failed test shows.
    seconds.append(time.monotonic() - begun)
    assert sum(seconds) < _LONGEST or is_busy()


def is_busy() -> bool:
    """Whether this machine works for others too; then nobody can say what takes long."""
    return hasattr(os, "getloadavg") and os.getloadavg()[0] > (os.cpu_count() or 1)
