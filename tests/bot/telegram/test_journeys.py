"""Journeys over Telegram, from beginning to end, kept as transcripts that people can read."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from bot.scheduling import open_scheduling
from bot.telegram import tapping
from bot.wiring import App, open_app
from foundation.clock import FixedClock
from foundation.database import Sessions
from foundation.settings import Settings
from tests.bot.telegram.journey import PATIENCE, Journey, play
from tests.golden import check_golden
from tests.running_bot import Starting
from tests.telegram_server.people import Person
from tests.telegram_server.server import TelegramServer
from tests.training_modules.sample_files import approved
from training_modules.shelf import Shelf
from training_modules.writing import as_markdown

# Two modules of the library, in a track that is soon through.
_SHORT: Final = ("values-04-open-and-discreet", "values-08-enough-and-no-more")
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


def write_short_track(home: Path) -> None:
    folder = home / "modules" / "two-on-privacy"
    folder.mkdir(parents=True)
    shipped = Shelf.open(None)
    names = [f"own-0{number}-privacy" for number in range(1, len(_SHORT) + 1)]
    for name, source in zip(names, _SHORT, strict=True):
        found = shipped.module(source)
        assert found is not None
        made = approved(replace(found, id=name, track="two-on-privacy", after=()))
        (folder / f"{name}.md").write_text(as_markdown(made), "utf-8")
    sure = ["有人要看读者的信息，我能当场稳妥地答复", "我能为一件要用数据的事，选出取用最少的做法",
            "我能说出哪些馆务该敞开、哪些该守住"]  # fmt: skip
    said = {
        "id": "two-on-privacy", "version": 1, "modules": names,
        "title": {"zh": "读者隐私两课", "en": "Two modules on privacy"},
        "about": {"zh": "馆务敞开，读者护好。", "en": "Open about us, discreet about readers."},
        "confidence": [{"zh": one, "en": f"({number})"} for number, one in enumerate(sure, 1)],
    }  # fmt: skip
    (folder / "track.yaml").write_text(json.dumps(said, ensure_ascii=False), "utf-8")


class Days:
    """The days of a trainee: the clock goes on, and the schedule brings what is due."""

    def __init__(self, journey: Journey, clock: FixedClock, who: Person) -> None:
        self.journey, self.clock, self.who = journey, clock, who
        training = journey.assistant.training
        training.enrolling.__dict__["toss"] = lambda _: "A"
        self.scheduling = open_scheduling(journey.app, training, journey.bot.channel.deliver)
        self.scheduling.chores = ()

    def come(self, zone: str = "Asia/Shanghai", **later: int) -> None:
        self.clock.advance(timedelta(**later))
        here = self.clock().astimezone(ZoneInfo(zone))
        self.journey.transcript.chapter(f"{here:%A, %d %B %Y, %H:%M} {zone}")
        self.scheduling.tick()
        if not self.journey.writes(self.who):
            self.journey.transcript.direction("nothing comes")


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
    begun_journeys: list[Journey] = []

    def set_out(*admins: int) -> Journey:
        begun_journeys.append(Journey(telegram, starting, app, *admins))
        return begun_journeys[-1]

    yield set_out
    for journey in begun_journeys:
        print(journey.transcript.text())  # What a failed test shows.
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


def test_a_trainee_comes_from_start_to_certificate(
    setting_out: Setting, telegram: TelegramServer, app: App, clock: FixedClock
) -> None:
    write_short_track(app.settings.home)
    journey = setting_out(9001)
    ming = journey.person(9102, "李明")
    days = Days(journey, clock, ming)
    journey.says(ming, "/start")
    for label in ("加入学习", "读者隐私两课", "一线服务"):
        journey.taps(ming, label)
    journey.says(ming, "早上七点半")
    journey.taps(ming, "同意，开始")
    journey.taps(ming, "开始")
    play(journey, ming, "3", "2", "2", "B", "拿不准", "不知道")

    days.come(hours=19, minutes=30)
    journey.taps(ming, "开始")
    journey.taps(ming, "看原文")
    play(journey, ming, "A", "很确定", "A", "D", "比较确定", "不对", "很确定")
    journey.taps(ming, "看进度")
    journey.says(ming, "/settings")
    journey.taps(ming, "换时间")
    journey.says(ming, "晚上八点半")
    journey.taps(ming, "换时区")
    journey.shares_place(ming, 1.35, 103.8)
    journey.says(ming, "/pause")

    days.come(days=1, hours=13)
    days.come(hours=12)
    journey.says(ming, "/resume")
    days.come(hours=12)
    journey.taps(ming, "开始")
    play(journey, ming, "C", "很确定", "对", "比较确定", "D", "很确定", "C", "比较确定")
    days.come(days=1)
    journey.taps(ming, "开始")
    play(journey, ming, "B", "很确定", "B", "很确定", "5", "4", "4", "3", "2", "2", "5", "9")
    journey.says(ming, "/mydata")

    days.come(days=30)
    journey.taps(ming, "开始")
    play(journey, ming, "A", "很确定", "A", "很确定", "3",
         "打印机旁的名单收走了，读者不用再被人看见", "可以")  # fmt: skip

    check_golden("journeys/trainee.txt", journey.transcript.text())
    assert telegram.refused == []
