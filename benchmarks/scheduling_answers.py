"""Answers to questions: nothing else going on, while a wave is planned, while it goes out."""

import argparse
import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.asking import WARM_UP, card_questions
from benchmarks.measuring import percentile, say
from benchmarks.scheduling import EIGHT, Shelf, prepared
from bot.wiring import App, open_app
from foundation.clock import FixedClock
from foundation.settings import Settings
from scheduler.courtesy import Courtesy
from scheduler.delivery import Delivery
from scheduler.roster import SqlRoster
from scheduler.scheduling import Scheduling

PEOPLE: Final = 20_000
_SENDING: Final = 15.0
_TELEGRAM: Final = 0.08
_PAUSE: Final = 0.02


class Slow:
    """A channel that takes as long to answer as Telegram does."""

    def deliver(self, delivery: Delivery) -> str:
        time.sleep(_TELEGRAM)
        return delivery.id


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = open_app(Settings(home=Path(folder) / "home"), FixedClock(EIGHT))
        sessions = prepared(Path(folder) / "wave.db", options.people)
        courtesy = Courtesy()
        scheduling = Scheduling(
            sessions, SqlRoster(sessions, Shelf(), page=200), Slow(), FixedClock(EIGHT),
            courtesy=courtesy,
        )  # fmt: skip
        print(json.dumps(measured(app, scheduling, courtesy)))


def measured(app: App, scheduling: Scheduling, courtesy: Courtesy) -> dict[str, float]:
    questions = _endless(card_questions())
    for _ in range(WARM_UP):
        app.answering.answer(next(questions))
    say("asking while nothing else goes on")
    quiet = quietly(app, questions, courtesy)
    scheduling.budget.hold(0)
    say("asking while a wave is planned")
    with _beating(scheduling, 0.0) as planning:
        planned = asked(app, questions, planning.is_alive, courtesy)
    time.sleep(2)
    say("asking while it goes out")
    with _beating(scheduling, _SENDING) as sending:
        sent = asked(app, questions, sending.is_alive, courtesy)
    # Once more, so that whatever else runs here is in both.
    quiet += quietly(app, questions, courtesy)
    return {
        "quiet": percentile(quiet, 95), "planning": percentile(planned, 95),
        "sending": percentile(sent, 95), "wave": percentile(planned + sent, 95),
        "asked": len(quiet) + len(planned) + len(sent),
    }  # fmt: skip


def quietly(app: App, questions: Iterator[str], courtesy: Courtesy) -> list[float]:
    end = time.monotonic() + _SENDING / 2
    return asked(app, questions, lambda: time.monotonic() < end, courtesy)


def asked(
    app: App, questions: Iterator[str], goes_on: Callable[[], bool], courtesy: Courtesy
) -> list[float]:
    """The milliseconds of each answer, one question after the other with a short pause."""
    times = []
    while goes_on():
        begun = time.perf_counter()
        with courtesy.answering():
            app.answering.answer(next(questions))
        times.append((time.perf_counter() - begun) * 1000)
        time.sleep(_PAUSE)
    return times


@contextmanager
def _beating(scheduling: Scheduling, seconds: float) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=scheduling.tick, args=(seconds,))
    thread.start()
    yield thread
    thread.join()


def _endless(questions: list[str]) -> Iterator[str]:
    while True:
        yield from questions


if __name__ == "__main__":
    main()
