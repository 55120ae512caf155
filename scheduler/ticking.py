"""The one bare tick: APScheduler calls the beat again and again, and holds nothing of anybody."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from apscheduler.schedulers.background import BackgroundScheduler

from foundation import logs
from scheduler.scheduling import Scheduling

EVERY: Final = 20.0
_JOB: Final = "tick"
# A beat ends before the next one is due; the rest of what is due goes on there.
_SHARE: Final = 0.9


@dataclass
class Ticking:
    """A schedule that runs until it is stopped."""

    scheduling: Scheduling
    background: Any
    watch: threading.Thread
    stopped: threading.Event

    def stop(self) -> None:
        """Wait for what is being sent; give back what was only claimed. Twice is as once."""
        if self.stopped.is_set():
            return
        self.stopped.set()
        self.scheduling.stop()
        self.background.shutdown(wait=True)
        self.watch.join()
        self.scheduling.close()


def start(scheduling: Scheduling, every: float = EVERY) -> Ticking:
    """Begin to tick, in a thread of its own; the first beat comes at once."""
    background = BackgroundScheduler(timezone=UTC)
    last = [time.monotonic()]

    def beat() -> None:
        last[0] = time.monotonic()
        _guarded(lambda: scheduling.tick(every * _SHARE))
        last[0] = time.monotonic()

    background.add_job(
        beat, "interval", seconds=every, id=_JOB, next_run_time=datetime.now(UTC),
        coalesce=True, max_instances=1, misfire_grace_time=None,
    )  # fmt: skip
    background.start()
    stopped = threading.Event()
    watch = threading.Thread(
        target=_watch, args=(background, stopped, last, every), name="watch", daemon=True
    )
    watch.start()
    return Ticking(scheduling, background, watch, stopped)


def _watch(background: Any, stopped: threading.Event, last: list[float], every: float) -> None:
    """When a clock is put back the next tick seems hours away; then it is called at once."""
    while not stopped.wait(every):
        if time.monotonic() - last[0] > 3 * every:
            background.modify_job(_JOB, next_run_time=datetime.now(UTC))


def _guarded(beat: Callable[[], object]) -> None:
    """Whatever happens in a beat, the next one comes."""
    try:
        beat()
    except Exception as error:  # noqa: BLE001 - a database that is away must not end the schedule
        logs.failed("beat failed", error)
