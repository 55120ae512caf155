"""The way of an update to whoever hears it: kept first, in order for each person, not too many."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.ledger import Ledger

# So many updates are in memory at most; the others wait at Telegram.
MOST_AT_ONCE: Final = 1000


class Inbox(asyncio.Queue[object]):
    """The queue between fetching and handling: takes each update once, and waits when full."""

    def __init__(self, ledger: Ledger, most: int = MOST_AT_ONCE) -> None:
        super().__init__()
        self._ledger = ledger
        self._room = asyncio.Semaphore(most)
        self._kept: set[int] = set()

    async def keep(self, updates: Iterable[tuple[int, str]]) -> None:
        """Write a batch down, number and content, before its receipt is confirmed."""
        self._kept |= await self._ledger.receive(list(updates))

    async def put(self, item: object) -> None:
        if not isinstance(item, Update):
            await super().put(item)
            return
        if item.update_id not in self._kept:
            await self.keep([(item.update_id, item.to_json())])
        if item.update_id in self._kept:
            self._kept.discard(item.update_id)
            await self.put_again(item)

    async def put_again(self, update: Update) -> None:
        """An update that is in the book already."""
        await self._room.acquire()
        await super().put(update)

    def task_done(self) -> None:
        super().task_done()
        self._room.release()


class InTurn(BaseUpdateProcessor):
    """Handles the updates of one person one after another, those of different people at once."""

    def __init__(self, refuses: Callable[[Update, int], Awaitable[bool]]) -> None:
        super().__init__(MOST_AT_ONCE)
        self._refuses = refuses
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: Counter[int] = Counter()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def do_process_update(self, update: object, coroutine: Any) -> None:
        who = _who(update)
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
        self._waiting[who] += 1
        try:
            await self._in_turn(who, update, coroutine)
        finally:
            self._leave(who)
            if task is not None:
                self._tasks.discard(task)

    async def _in_turn(self, who: int, update: object, coroutine: Any) -> None:
        if isinstance(update, Update) and await self._refuses(update, self._waiting[who]):
            coroutine.close()
            return
        try:
            async with self._turns[who]:
                await coroutine
        finally:
            coroutine.close()

    def _leave(self, who: int) -> None:
        self._waiting[who] -= 1
        if not self._waiting[who]:
            del self._waiting[who]
            self._turns.pop(who, None)

    def abandon(self) -> None:
        """What is still being handled stays in the book for the next start."""
        for task in self._tasks:
            task.cancel()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""


def _who(update: object) -> int:
    user = update.effective_user if isinstance(update, Update) else None
    return user.id if user is not None else 0
