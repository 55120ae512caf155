"""Kill -9 at any moment, and several at once: nothing twice, nothing silently missing."""

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from foundation.database import open_sessions
from foundation.migrating import migrate
from scheduler.delivery import State
from scheduler.digest import open_ends
from scheduler.looking import deliveries
from scheduler.rows import DeliveryRow
from tests.scheduler.beating import Play, kill
from tests.scheduler.cohort import add_people, noon, read_lines

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

# More with LIBCOACH_KILLS=200; a few are enough to see that the order of the steps still holds.
_KILLS = int(os.environ.get("LIBCOACH_KILLS", "4"))
_A_MINUTE = 50
_EIGHT = datetime(2026, 11, 23, 0, tzinfo=UTC)
_LONGEST_LIFE = 0.6
_WAITING = (State.DUE, State.LEASED, State.SENDING)


@dataclass
class Day:
    """A morning on which somebody is due every moment; a minute of it takes a second."""

    play: Play
    engine: Engine
    people: int
    minutes: int

    def states(self) -> Counter[str]:
        with self.engine.connect() as connection:
            query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
            return Counter(dict(connection.execute(query).tuples().all()))

    def is_settled(self) -> bool:
        states = self.states()
        return not any(states[state] for state in _WAITING) and states.total() == self.people

    def end(self) -> None:
        self.play.until(self.is_settled, self.minutes + 90)

    def proves_right(self) -> Counter[str]:
        """Each slot once in the rows, at most once at the witness; what is not sure is named."""
        arrived = Counter(line["id"] for line in read_lines(self.play.witness))
        with open_sessions(self.engine)() as session:
            rows = {row.id: row for row in session.scalars(select(DeliveryRow))}
        assert [key for key, times in arrived.items() if times > 1] == []
        assert arrived.keys() <= rows.keys()
        assert len({row.person for row in rows.values()}) == len(rows) == self.people
        for key, row in rows.items():
            assert row.state in (State.SENT, State.UNKNOWN), (key, row.state, row.why)
            assert row.state == State.UNKNOWN or arrived[key] == 1
        silent = [key for key in rows if key not in arrived]
        assert all(rows[key].state == State.UNKNOWN for key in silent)
        self.names_every_unknown({key for key, row in rows.items() if row.state == State.UNKNOWN})
        return self.states()

    def names_every_unknown(self, unknown: set[str]) -> None:
        """To administrators in their digest, and in the list of the command."""
        now = _EIGHT + timedelta(hours=2)
        with open_sessions(self.engine)() as session:
            told = {row.id for row in open_ends(session, now, most=self.people)}
            listed = deliveries(session, now, [State.UNKNOWN], most=self.people)
        assert told == unknown == {row.id for row in listed}


@pytest.fixture
def morning(
    database_url: str, opening: Callable[[str], Engine], tmp_path: Path
) -> Iterator[Callable[[int], Day]]:
    def made(kills: int) -> Day:
        engine = opening(database_url)
        migrate(engine, noon())
        minutes = 3 + int(kills * _LONGEST_LIFE * 0.7)
        people = [
            {"id": f"p{n:05}", "hour": 480 + n // _A_MINUTE} for n in range(minutes * _A_MINUTE)
        ]
        with open_sessions(engine).begin() as session:
            add_people(session, people, noon())
        play = Play(
            database_url, tmp_path / "witness", _EIGHT - timedelta(seconds=30), time.time(), 60
        )  # fmt: skip
        return Day(play, engine, len(people), minutes)

    return made


def test_killed_at_any_moment(morning: Callable[[int], Day]) -> None:
    day = morning(_KILLS)

    for _ in range(_KILLS):
        process = day.play.begin()
        time.sleep(random.uniform(0.05, _LONGEST_LIFE))
        kill(process)
    last = day.play.begin()
    day.end()
    kill(last)

    print(f"{_KILLS} kills, {day.people} people: {dict(day.proves_right())}")


@pytest.mark.parametrize("processes", [2, 4])
def test_several_at_once_while_some_are_killed(
    morning: Callable[[int], Day], processes: int
) -> None:
    kills = max(4, _KILLS // 4)
    day = morning(kills)
    running = [day.play.begin() for _ in range(processes)]

    for _ in range(kills):
        time.sleep(random.uniform(0.05, _LONGEST_LIFE))
        chosen = random.randrange(processes)
        kill(running[chosen])
        running[chosen] = day.play.begin()
    day.end()
    for process in running:
        kill(process)

    states = day.proves_right()
    by_process = Counter(line["pid"] for line in read_lines(day.play.witness))
    print(f"{processes} processes, {kills} kills: {dict(states)}, sent by {len(by_process)}")
    assert len(by_process) > 1
