"""Processes that keep the schedule over the real way to Telegram, until they are killed."""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.scheduling import CHANNELS, ChannelCourier
from bot.telegram.one_way import one_way
from bot.training import open_training
from bot.wiring import App
from foundation.database import open_engine, open_sessions
from foundation.logs import set_up_logs
from foundation.settings import Settings
from scheduler.budget import Budget
from scheduler.roster import SqlRoster
from scheduler.scheduling import Scheduling
from scheduler.ticking import start
from tests.forking import forking
from tests.telegram_server.world import TOKEN
from training_modules.module import Module, Track
from training_modules.shelf import Shelf

_EVERY = 0.15


@dataclass(frozen=True)
class Play:
    """A day that goes by faster than the real one, the same for every process.

    A lease is a minute of that day, so that what a killed process held is soon told.
    """

    url: str
    home: Path
    telegram: str
    start: datetime
    begun: float
    speed: float = 120.0
    rate: float = 60.0
    page: int = 20
    lease: timedelta = timedelta(minutes=1)

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(time.time() - self.begun) * self.speed)

    def begin(self) -> BaseProcess:
        process = forking().Process(target=_keep, args=(self,))
        process.start()
        return process


@dataclass(frozen=True)
class Allowed:
    """A shelf of which everything may be given."""

    shelf: Shelf

    def module(self, wanted: str) -> Module | None:
        return self.shelf.module(wanted)

    def track(self, wanted: str) -> Track | None:
        return self.shelf.track(wanted)

    def is_deliverable(self, module: Module) -> bool:  # noqa: ARG002
        return True


def kill(process: BaseProcess) -> None:
    if process.pid is not None:
        os.kill(process.pid, signal.SIGKILL)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL, "it ended by itself"


def until(holds: Callable[[], bool], patience: float) -> None:
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline, "it does not come to an end"
        time.sleep(0.05)


def _keep(play: Play) -> None:
    """What `libcoach run` keeps running beside its answers, with modules that are all allowed."""
    set_up_logs(play.home)
    settings = Settings(home=play.home, telegram_token=TOKEN, telegram_api_url=play.telegram)
    engine = open_engine(play.url)
    app = App(settings, play.now, engine, open_sessions(engine))
    opened = open_training(app)
    training = replace(opened, coaching=replace(opened.coaching, shelf=Allowed(opened.shelf)))
    roster = SqlRoster(app.sessions, training.coaching.shelf, CHANNELS, play.page)
    with one_way(settings) as send:
        courier = ChannelCourier(app, training, send)
        budget = Budget(play.rate)
        start(Scheduling(app.sessions, roster, courier, play.now, budget, lease=play.lease), _EVERY)
        threading.Event().wait()
