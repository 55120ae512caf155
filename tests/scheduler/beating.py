"""A process that keeps the schedule until it is killed, and a file that is witness to what it sent.

What stands in the file has arrived, whatever the process could still write down about it.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from foundation.clock import system_clock
from foundation.database import open_engine, open_sessions
from scheduler.budget import Budget
from scheduler.delivery import Delivery
from scheduler.roster import SqlRoster
from scheduler.scheduling import Scheduling
from scheduler.ticking import start
from tests.forking import forking
from tests.scheduler.cohort import SmallShelf


def _wait(seconds: float) -> None:
    """A faked clock spoils `time.sleep`, and leaves this alone."""
    threading.Event().wait(seconds)


@dataclass(frozen=True)
class FileWitness:
    """A channel that takes its time and writes down what has arrived, once it has arrived."""

    path: Path
    slowest: float

    def deliver(self, delivery: Delivery) -> str:
        _wait(random.uniform(0, self.slowest))
        line = json.dumps(
            {
                "id": delivery.id, "person": delivery.person, "pid": os.getpid(),
                "kind": delivery.kind, "local_date": delivery.local_date.isoformat(),
                "at": system_clock().isoformat(),
            }
        )  # fmt: skip
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, line.encode() + b"\n")
        os.close(file)
        _wait(random.uniform(0, self.slowest))
        return delivery.id


@dataclass(frozen=True)
class Play:
    """A day that goes by faster than the real one, the same for every process."""

    url: str
    witness: Path
    start: datetime
    begun: float
    speed: float
    slowest: float = 0.1
    rate: float = 60.0
    page: int = 20

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(time.time() - self.begun) * self.speed)

    def begin(self) -> BaseProcess:
        process = forking().Process(target=_beat, args=(self,))
        process.start()
        return process

    def until(self, holds: Callable[[], bool], patience: float = 60) -> None:
        deadline = time.monotonic() + patience
        while not holds():
            assert time.monotonic() < deadline, "it does not come to an end"
            time.sleep(0.1)


def kill(process: BaseProcess) -> None:
    if process.pid is not None:
        os.kill(process.pid, signal.SIGKILL)
    process.join(30)


def _beat(play: Play) -> None:
    sessions = open_sessions(open_engine(play.url))
    roster = SqlRoster(sessions, SmallShelf(), page=play.page)
    courier = FileWitness(play.witness, play.slowest)
    scheduling = Scheduling(sessions, roster, courier, play.now, Budget(play.rate))
    while True:
        scheduling.tick(0.5)
        time.sleep(0.01)


def main() -> None:
    """Tick by the machine's own clock, as `libcoach run` does, until a moment has come."""
    url, witness, end = sys.argv[1:]
    sessions = open_sessions(open_engine(url))
    courier = FileWitness(Path(witness), 0)
    roster = SqlRoster(sessions, SmallShelf())
    budget = Budget(sleep=_wait)
    ticking = start(Scheduling(sessions, roster, courier, system_clock, budget), every=0.2)
    while system_clock() < datetime.fromisoformat(end):
        _wait(0.05)
    ticking.stop()


if __name__ == "__main__":
    main()
