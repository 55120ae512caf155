import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from foundation.clock import FixedClock
from scheduler.delivery import Delivery
from scheduler.ticking import start
from tests.scheduler.cohort import Stage, add_people, noon, staged

EIGHT = datetime(2026, 11, 23, 0, tzinfo=UTC)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, noon()) as made:
        with made.sessions.begin() as session:
            add_people(session, [{"id": f"p{n}"} for n in range(20)], noon())
        made.clock = FixedClock(EIGHT)
        yield made


def wait_until(holds: object, patience: float = 20) -> None:
    deadline = time.monotonic() + patience
    while not (callable(holds) and holds()):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_it_ticks_by_itself_until_it_is_stopped(stage: Stage) -> None:
    ticking = start(stage.scheduling(), every=0.2)

    wait_until(lambda: len(stage.witness.brought) == 20)
    ticking.stop()

    assert {row.state for row in stage.rows()} == {"sent"}
    assert not [t for t in threading.enumerate() if t.name in ("watch", "APScheduler")]


def test_stopping_finishes_what_is_being_sent_and_gives_back_the_rest(stage: Stage) -> None:
    begun = threading.Event()

    def slow(_: Delivery) -> None:
        begun.set()
        time.sleep(0.3)

    from scheduler.budget import Budget

    stage.witness.does = slow
    ticking = start(stage.scheduling(budget=Budget(rate=10)), every=30)
    begun.wait(10)
    ticking.stop()

    states = {row.state for row in stage.rows()}
    sent = [row for row in stage.rows() if row.state == "sent"]
    assert states == {"sent", "due"}
    assert {row.id for row in sent} == {d.id for d in stage.witness.brought}


def test_a_beat_that_fails_is_followed_by_the_next(stage: Stage) -> None:
    failures = [OSError("the disk is away")]

    class Failing(FixedClock):
        def __call__(self) -> datetime:
            if failures:
                raise failures.pop()
            return super().__call__()

    stage.clock = Failing(EIGHT)
    ticking = start(stage.scheduling(), every=0.2)

    wait_until(lambda: len(stage.witness.brought) == 20)
    ticking.stop()
