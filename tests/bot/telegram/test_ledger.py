import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.telegram.ledger import Ledger, Waiting
from bot.telegram.rows import HandledUpdateRow
from foundation.clock import FixedClock
from foundation.database import Sessions

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def run(
    sessions: Sessions, does: Callable[[Ledger], Awaitable[object]], bot: int = 7
) -> list[Waiting]:
    """One life of the program: what was waiting, then what it does."""

    async def living() -> list[Waiting]:
        ledger = Ledger(sessions, bot, FixedClock(NOW))
        waiting = ledger.open()
        await does(ledger)
        await asyncio.to_thread(ledger.close)
        return waiting

    return asyncio.run(living())


async def nothing(_: Ledger) -> None:
    pass


def test_an_update_is_new_once_in_this_life_and_the_next(sessions: Sessions) -> None:
    seen = []

    async def receive(ledger: Ledger) -> None:
        seen.append(await ledger.receive([(1, "a"), (2, "b")]))
        seen.append(await ledger.receive([(2, "b"), (3, "c")]))

    run(sessions, receive)
    run(sessions, receive)

    assert seen == [{1, 2}, {3}, set(), set()]


def test_what_was_not_dealt_with_comes_again_with_its_count(sessions: Sessions) -> None:
    async def live(ledger: Ledger) -> None:
        await ledger.receive([(1, "a"), (2, "b"), (3, "c")])
        await ledger.count(2, 1)
        ledger.handled(1)
        ledger.uncount(3, 0)

    run(sessions, live)

    assert run(sessions, nothing) == [Waiting(2, "b", 1), Waiting(3, "c", 0)]


def test_an_update_that_kills_the_program_is_given_up(sessions: Sessions) -> None:
    async def live(ledger: Ledger) -> None:
        await ledger.receive([(1, "poison")])

    run(sessions, live)

    assert [len(run(sessions, nothing)) for _ in range(11)] == [1] * 9 + [0, 0]


def test_two_bots_keep_books_apart(sessions: Sessions) -> None:
    seen = []

    async def live(ledger: Ledger) -> None:
        seen.append(await ledger.receive([(1, "a")]))

    run(sessions, live, bot=7)
    run(sessions, live, bot=8)

    assert seen == [{1}, {1}]


def test_what_people_wrote_is_erased_when_it_is_dealt_with(sessions: Sessions) -> None:
    async def live(ledger: Ledger) -> None:
        await ledger.receive([(1, "a secret")])
        ledger.handled(1)

    run(sessions, live)

    with sessions() as session:
        (row,) = session.scalars(select(HandledUpdateRow))
        assert (row.content, row.handled_at) == ("", NOW)


def test_old_numbers_are_forgotten(sessions: Sessions) -> None:
    async def live(ledger: Ledger) -> None:
        await ledger.receive([(1, "a")])
        ledger.handled(1)

    run(sessions, live)
    with sessions.begin() as session:
        session.get_one(HandledUpdateRow, (7, 1)).handled_at = NOW - timedelta(days=4)
    run(sessions, nothing)

    with sessions() as session:
        assert session.scalars(select(HandledUpdateRow)).all() == []


def test_many_wishes_at_once_are_all_granted(sessions: Sessions) -> None:
    async def live(ledger: Ledger) -> None:
        news = await asyncio.gather(*(ledger.receive([(n, "x")]) for n in range(1, 1001)))
        assert news == [{n} for n in range(1, 1001)]
        await asyncio.gather(*(ledger.count(n, 1) for n in range(1, 1001)))

    run(sessions, live)

    assert len(run(sessions, nothing)) == 1000
