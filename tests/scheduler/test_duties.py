from collections.abc import Iterator
from datetime import timedelta

import pytest

from scheduler import duties
from tests.scheduler.cohort import Stage, noon, staged

NOW = noon()
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, NOW) as made:
        yield made


def take(
    stage: Stage, holder: str, now: object = NOW, every: timedelta = DAY
) -> duties.Duty | None:
    with stage.sessions.begin() as session:
        return duties.take(session, "backup", holder, now, every)  # type: ignore[arg-type]


def test_one_at_a_time_has_it(stage: Stage) -> None:
    assert take(stage, "one") is not None
    assert take(stage, "two") is None


def test_who_ended_without_a_word_loses_it_when_the_lease_ends(stage: Stage) -> None:
    lost = take(stage, "one")
    assert take(stage, "two", NOW + MINUTE) is None
    assert take(stage, "two", NOW + 3 * MINUTE) is not None

    assert lost is not None
    with stage.sessions.begin() as session:
        assert not duties.hold(session, lost, NOW + 3 * MINUTE)
        assert not duties.done(session, lost, NOW)


def test_what_is_done_is_not_done_again_before_its_time(stage: Stage) -> None:
    duty = take(stage, "one")
    assert duty is not None
    with stage.sessions.begin() as session:
        assert duties.done(session, duty, NOW, "made")

    assert take(stage, "two", NOW + DAY - MINUTE) is None
    assert take(stage, "two", NOW + DAY) is not None


def test_a_clock_that_was_put_back_stops_nothing(stage: Stage) -> None:
    future = NOW + 400 * DAY
    duty = take(stage, "one", future)
    assert duty is not None
    assert take(stage, "two") is not None
    with stage.sessions.begin() as session:
        again = duties.take(session, "backup", "two", NOW)
        assert again is not None
        duties.done(session, again, future)

    assert take(stage, "three", NOW) is not None


def test_processes_that_live_are_counted_and_those_that_ended_are_not(stage: Stage) -> None:
    alive = 2 * MINUTE
    with stage.sessions.begin() as session:
        assert duties.beat(session, "one", NOW, alive) == 1
        assert duties.beat(session, "two", NOW + MINUTE, alive) == 2
        assert duties.beat(session, "two", NOW + 4 * MINUTE, alive) == 1
        duties.leave(session, "two")
        assert [row.name for row in duties.all_duties(session)] == []
