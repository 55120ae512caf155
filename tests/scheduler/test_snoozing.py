from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.scheduling import Scheduling
from scheduler.snoozing import LATER, snooze
from tests.scheduler.cohort import MODULES, Stage, add_people, noon, staged

# 08:00 on Monday, the twenty-third, in Shanghai.
EIGHT = datetime(2026, 11, 23, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, noon()) as made:
        with made.sessions.begin() as session:
            add_people(session, [{"id": "anna"}], noon())
        yield made


def brought(stage: Stage) -> Scheduling:
    """Anna's lesson has come at eight."""
    stage.clock.advance(EIGHT - stage.clock())
    scheduling = stage.scheduling()
    scheduling.tick()
    return scheduling


def later(stage: Stage, hour: float) -> datetime | None:
    """She taps “later” when it is so late with her."""
    stage.clock.advance(EIGHT + timedelta(hours=hour - 8) - stage.clock())
    with stage.sessions.begin() as session:
        return snooze(session, stage.row().id, stage.clock())


def two_hours_on(stage: Stage, scheduling: Scheduling) -> list[str]:
    stage.clock.advance(LATER)
    scheduling.tick()
    scheduling.close()
    return [str(delivery.kind) for delivery in stage.witness.brought]


def test_later_is_two_hours_later_and_once(stage: Stage) -> None:
    scheduling = brought(stage)

    assert later(stage, 8.5) == EIGHT + timedelta(hours=2.5)
    assert later(stage, 9) == EIGHT + timedelta(hours=2.5), "it is put off already"
    assert two_hours_on(stage, scheduling) == ["module", "module"]
    assert stage.row().state == "sent"


@pytest.mark.parametrize("hour", [20.5, 23, 24 + 9])
def test_later_is_never_in_quiet_hours_nor_on_another_day(stage: Stage, hour: float) -> None:
    brought(stage).close()

    assert later(stage, hour) is None
    assert stage.row().state == "sent"


def test_what_was_finished_meanwhile_does_not_come_again(stage: Stage) -> None:
    scheduling = brought(stage)
    later(stage, 8.5)
    stage.clock.advance(timedelta(minutes=10))
    stage.complete("anna", MODULES[0])

    assert two_hours_on(stage, scheduling) == ["module"]
    assert (stage.row().state, stage.row().why) == ("cancelled", "done")


def test_who_is_in_the_middle_of_it_is_not_disturbed(stage: Stage) -> None:
    scheduling = brought(stage)
    later(stage, 8.5)
    stage.clock.advance(timedelta(minutes=90))
    stage.begin("anna", MONDAY)

    assert two_hours_on(stage, scheduling) == ["module"]
    assert (stage.row().state, stage.row().why) == ("cancelled", "sitting")


def test_who_began_and_then_put_it_off_gets_it_again(stage: Stage) -> None:
    scheduling = brought(stage)
    stage.clock.advance(timedelta(minutes=5))
    stage.begin("anna", MONDAY)
    later(stage, 8.5)

    assert two_hours_on(stage, scheduling) == ["module", "module"]
