"""Kill -9 at any moment, and several at once: nothing twice, nothing silently missing.

The log of the imitated Bot API is the witness of what arrived, whoever was killed meanwhile.
"""

import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from foundation.database import open_sessions
from foundation.migrating import migrate
from scheduler.delivery import State
from scheduler.digest import open_ends
from scheduler.digest_lines import why_in_words
from scheduler.looking import deliveries
from scheduler.rows import DeliveryRow
from tests.scheduler.cohort import add_people, noon
from tests.scheduler.playing import Play, kill, until
from tests.telegram_server.faults import Fault, Night, When, broken
from tests.telegram_server.server import TelegramServer, telegram_server
from tests.telegram_server.specification import bad
from tests.telegram_server.world import Chat, World

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

# More with LIBCOACH_KILLS=200; a few are enough to see that the order of the steps still holds.
_KILLS = int(os.environ.get("LIBCOACH_KILLS", "3"))
_FOR_A_KILL = 12
_MINUTES_A_KILL = 1.5
_EIGHT = datetime(2026, 11, 23, 0, tzinfo=UTC)
_FIRST_CHAT = 10_001
_BLOCKED = 25
_WAITING = (State.DUE, State.LEASED, State.SENDING)
# Of a hundred messages: some come late, some are lost with and without effect, some are refused.
_TROUBLES = (
    (When.LATE, 12), (When.SLOW, 8), (When.AFTER, 3), (When.BEFORE, 3), (When.REFUSED, 4),
)  # fmt: skip


class RoughNight(Night):
    """Trouble of every kind for what is sent, at random."""

    def next_for(self, method: str) -> Fault | None:
        if method != "sendMessage":
            return None
        kinds, weights = zip(*_TROUBLES, strict=True)
        (when,) = random.choices([None, *kinds], [100 - sum(weights), *weights])
        refusal = random.choice([broken(502), bad("something new")])
        return when and Fault(when, refusal=refusal, seconds=random.uniform(0, 0.1))


@dataclass
class Day:
    """A morning on which somebody is due every moment."""

    play: Play
    engine: Engine
    telegram: TelegramServer
    people: int

    def states(self) -> Counter[str]:
        with self.engine.connect() as connection:
            query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
            return Counter(dict(connection.execute(query).tuples().all()))

    def is_settled(self) -> bool:
        states = self.states()
        return not any(states[state] for state in _WAITING) and states.total() == self.people

    def end(self) -> None:
        until(self.is_settled, 120 + self.people / 10)

    def said(self) -> int:
        return self.telegram.ask(lambda world: len(world.took))

    def strike(self, process: BaseProcess) -> None:
        """At a random moment: a while after it began, or as soon as so many messages went out."""
        if random.random() < 0.4:
            time.sleep(random.uniform(0.02, 0.5))
        else:
            wanted = self.said() + random.randint(1, 2 * _FOR_A_KILL)
            end = time.monotonic() + 2
            while self.said() < wanted and time.monotonic() < end:
                time.sleep(0.004)
            time.sleep(random.uniform(0, 0.03))
        kill(process)

    def witnessed(self) -> Mapping[str, Sequence[str]]:
        """What took effect at Telegram: for each delivery the messages that brought it."""
        found: dict[str, list[str]] = defaultdict(list)
        for took in self.telegram.calls("sendMessage"):
            button = took.values["reply_markup"]["inline_keyboard"][0][0]
            delivery = button["callback_data"].rpartition(".")[2]
            found[delivery].append(f"{took.chat}:{took.result['message_id']}")
        return found

    def proves_right(self) -> Counter[str]:
        """Each slot once in the rows and at most once at Telegram; what is not sure is named."""
        arrived = self.witnessed()
        with open_sessions(self.engine)() as session:
            rows = {row.id: row for row in session.scalars(select(DeliveryRow))}
        assert len({row.person for row in rows.values()}) == len(rows) == self.people
        assert arrived.keys() <= rows.keys()
        chats = Counter(message.partition(":")[0] for m in arrived.values() for message in m)
        assert set(chats.values()) == {1}
        figures: Counter[str] = Counter()
        for key, row in rows.items():
            messages = arrived.get(key, [])
            _is_right(row, messages)
            figures[f"{row.state}, {'witnessed' if messages else 'not witnessed'}"] += 1
        self.names_every_other({key for key, r in rows.items() if r.state != State.SENT})
        return figures

    def names_every_other(self, open_ended: set[str]) -> None:
        """With a reason in words: in the list of the command and in the digest."""
        now = _EIGHT + timedelta(hours=2)
        states = [State.UNKNOWN, State.FAILED]
        with open_sessions(self.engine)() as session:
            told = {row.id for row in open_ends(session, now, most=self.people)}
            listed = deliveries(session, now, states, most=self.people)
        assert told == open_ended == {row.id for row in listed}
        for language in ("zh", "en"):
            assert all(why_in_words(row.why, language) not in ("", row.why) for row in listed)


def _is_right(row: DeliveryRow, messages: Sequence[str]) -> None:
    known = (row.id, row.state, row.why, messages)
    assert all(message.startswith(f"{row.person}:") for message in messages), known
    if row.state == State.SENT:
        assert messages == [row.message], known
    elif row.state == State.FAILED:
        assert (messages, row.why) == ([], "blocked"), known
    else:
        assert row.state == State.UNKNOWN, known


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with telegram_server() as server:
        server.api.night = RoughNight()
        yield server


@pytest.fixture
def morning(
    database_url: str, opening: Callable[[str], Engine], telegram: TelegramServer, tmp_path: Path
) -> Callable[[int], Day]:
    def made(kills: int) -> Day:
        engine = opening(database_url)
        migrate(engine, noon())
        count, minutes = 50 + kills * _FOR_A_KILL, kills * _MINUTES_A_KILL
        chats = [_FIRST_CHAT + n for n in range(count)]
        people = [
            {"id": str(chat), "hour": 480 + int(n * minutes / count)}
            for n, chat in enumerate(chats)
        ]
        with open_sessions(engine).begin() as session:
            add_people(session, people, noon())

        def settle(world: World) -> None:
            for n, chat in enumerate(chats):
                world.chats[chat] = Chat(chat, is_blocked=n % _BLOCKED == _BLOCKED - 1)

        telegram.ask(settle)
        begin = _EIGHT - timedelta(seconds=30)
        play = Play(database_url, tmp_path / "home", telegram.url, begin, time.time())
        return Day(play, engine, telegram, count)

    return made


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_killed_at_any_moment(morning: Callable[[int], Day], processes: int) -> None:
    day = morning(_KILLS)
    running = [day.play.begin() for _ in range(processes)]

    for _ in range(_KILLS):
        chosen = random.randrange(processes)
        day.strike(running[chosen])
        running[chosen] = day.play.begin()
    day.end()
    for process in running:
        kill(process)

    figures = day.proves_right()
    kind = day.engine.dialect.name
    print(f"{kind}, {processes} at once, {_KILLS} kills, {day.people} people: {dict(figures)}")
