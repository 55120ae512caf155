"""A process that ticks by the machine's own clock, and a file that is witness to what it sent."""

import json
import os
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from foundation.clock import system_clock
from foundation.database import open_engine, open_sessions
from scheduler.budget import Budget
from scheduler.delivery import Delivery
from scheduler.roster import SqlRoster
from scheduler.scheduling import Scheduling
from scheduler.ticking import start
from tests.scheduler.cohort import SmallShelf


def _wait(seconds: float) -> None:
    """A faked clock spoils `time.sleep`, and leaves this alone."""
    threading.Event().wait(seconds)


@dataclass(frozen=True)
class FileWitness:
    """A channel that writes down what has arrived."""

    path: Path

    def deliver(self, delivery: Delivery) -> str:
        line = json.dumps(
            {
                "id": delivery.id, "person": delivery.person,
                "local_date": delivery.local_date.isoformat(), "at": system_clock().isoformat(),
            }
        )  # fmt: skip
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, line.encode() + b"\n")
        os.close(file)
        return delivery.id


def main() -> None:
    """As `libcoach run` does, until a moment has come."""
    url, witness, end = sys.argv[1:]
    sessions = open_sessions(open_engine(url))
    courier = FileWitness(Path(witness))
    roster = SqlRoster(sessions, SmallShelf())
    budget = Budget(sleep=_wait)
    ticking = start(Scheduling(sessions, roster, courier, system_clock, budget), every=0.2)
    while system_clock() < datetime.fromisoformat(end):
        _wait(0.05)
    ticking.stop()


if __name__ == "__main__":
    main()
