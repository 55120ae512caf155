"""Journeys over Telegram, from beginning to end, kept as transcripts that people can read."""

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from bot.telegram import tapping
from bot.wiring import App, open_app
from foundation.clock import FixedClock
from foundation.database import Sessions
from foundation.settings import Settings
from tests.bot.telegram.journey import PATIENCE, Journey
from tests.golden import check_golden
from tests.running_bot import Starting
from tests.telegram_server.server import TelegramServer

NOW: Final = datetime(2026, 11, 21, 4, tzinfo=UTC)
_SECONDS: dict[str, float] = {}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the founding documents in it, which each journey copies."""
    home = tmp_path_factory.mktemp("library")
    open_app(Settings(home=home), FixedClock(NOW)).engine.dispose()
    return home


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


Setting = Callable[..., Journey]


@pytest.fixture
def setting_out(
    telegram: TelegramServer, starting: Starting, app: App, monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Setting]:  # fmt: skip
    """Begins a journey of these administrators; its seconds are counted."""
    # A tapped button is answered with its word, however slow the machine is.
    monkeypatch.setattr(tapping, "_PATIENCE", PATIENCE)
    begun = time.monotonic()
    yield lambda *admins: Journey(telegram, starting, app, *admins)
    _SECONDS[request.node.name] = time.monotonic() - begun


def test_a_newcomer_asks_five_things(setting_out: Setting, telegram: TelegramServer) -> None:
    journey = setting_out(9001)
    fang = journey.person(9101, "王芳")
    journey.says(fang, "/start")
    journey.watched.hard.add("什么是专业化发展？")
    journey.says(fang, "什么是专业化发展？")
    journey.says(fang, "倡议书提了哪五条？")
    journey.taps(fang, "原文 2")
    journey.taps(fang, "👍")
    journey.says(fang, "国际图联战略和倡议书对专业发展各怎么说？")
    journey.says(fang, "浙江图书馆2025年数字资源总量目标是多少？", "那2020年呢")
    journey.taps(fang, "👎")
    journey.taps(fang, "没答全")
    journey.says(fang, "宁波图书馆的馆长是谁？")
    journey.taps(fang, "问馆员")
    journey.says(fang, "What are the four impact areas of the IFLA strategy?")
    journey.taps(fang, "Source 1")
    journey.says(fang, "谢谢")

    check_golden("journeys/newcomer.txt", journey.transcript.text())
    assert telegram.refused == []
