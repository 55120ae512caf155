"""Calls that come through: flood waits are obeyed, broken lines tried again, moved groups found."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot.telegram.complaints import is_network, sorted_out, was_surely_not_sent
from foundation import logs

Answer = TypeVar("Answer")
# Seconds between tries on a broken line; after an hour it is given up.
_PAUSES: Final = (0.3, 0.7, 1.5, 3.0, 6.0, 12.0, 25.0, *(40.0,) * 90)
# So many calls at once; more only make each other wait.
_LINES: Final = 6
# Nobody waits longer than that for an answer in a chat.
LONGEST_FLOOD: Final = 900.0


class Caller:
    """Makes calls for one bot; knows which groups have moved and which chats are to be quiet."""

    def __init__(self) -> None:
        self.moved: dict[int, int] = {}
        self._quiet_until: dict[int, float] = {}
        self._lines = asyncio.Semaphore(_LINES)

    def place(self, chat: int) -> int:
        return self.moved.get(chat, chat)

    def must_be_quiet(self, chat: int) -> bool:
        return self._quiet_until.get(chat, 0.0) > _now()

    def moves(self, old: int, new: int) -> None:
        self.moved[old] = new

    async def surely(
        self,
        chat: int,
        does: Callable[[int], Awaitable[Answer]],
        in_doubt: Callable[[], None] = lambda: None,
    ) -> Answer:
        """Until it is done or refused. `in_doubt` hears that it may have been done or not.

        An answer that comes twice is better than none, so that it is sent again in doubt.
        """
        pauses = iter(_PAUSES)
        while True:
            try:
                await self._silence(chat)
                async with self._lines:
                    return await does(self.place(chat))
            except ChatMigrated as error:
                self.moves(chat, error.new_chat_id)
            except RetryAfter as error:
                self._be_quiet(chat, error)
            except TelegramError as error:
                pause = next(pauses, None) if is_network(error) else None
                if pause is None:
                    raise
                if not was_surely_not_sent(error):
                    in_doubt()
                await asyncio.sleep(pause)

    async def in_passing(self, chat: int, does: Callable[[int], Awaitable[Answer]]) -> None:
        """A call that is left out when the lines are needed for words."""
        if not self._lines.locked():
            await self.once(chat, does)

    async def once(self, chat: int, does: Callable[[int], Awaitable[Answer]]) -> Answer | None:
        """A call that nothing depends on: one try, and none while the chat is to be quiet."""
        if self.must_be_quiet(chat):
            return None
        try:
            async with self._lines:
                return await does(self.place(chat))
        except RetryAfter as error:
            self._be_quiet(chat, error, longest=float("inf"))
        except ChatMigrated as error:
            self.moves(chat, error.new_chat_id)
        except TelegramError:
            return None
        return None

    async def gently(self, saying: Awaitable[object]) -> None:
        """Said if it can be; who cannot be reached is noted and no trouble."""
        try:
            await saying
        except TelegramError as error:
            logs.note("somebody could not be told", complaint=sorted_out(error).name)

    async def _silence(self, chat: int) -> None:
        left = self._quiet_until.get(chat, 0.0) - _now()
        if left > 0:
            await asyncio.sleep(left)
            self._quiet_until.pop(chat, None)

    def _be_quiet(self, chat: int, error: RetryAfter, longest: float = LONGEST_FLOOD) -> None:
        seconds = seconds_of(error)
        if seconds > longest:
            raise error
        self._quiet_until[chat] = _now() + seconds


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, dt.timedelta) else float(asked)


def _now() -> float:
    return asyncio.get_running_loop().time()
