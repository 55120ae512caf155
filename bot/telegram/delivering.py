"""Bringing replies to people who did not just speak: once, with errors told apart.

How many a second is the schedule's to say; here a flood is obeyed.
"""

import asyncio
import concurrent.futures
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError

from bot.speech import Address, Reply
from bot.telegram.calling import Answer, Caller, seconds_of
from bot.telegram.complaints import Complaint, sorted_out, was_surely_not_sent
from bot.telegram.heard import Place
from bot.telegram.posting import Posting
from foundation.errors import DeliveryFailed, FloodWait

_PATIENCE: Final = 180.0


class _Straight(Caller):
    """Makes every call of one delivery once: what is delivered must not come twice."""

    def __init__(self, moved: dict[int, int]) -> None:
        super().__init__()
        self.moved = moved
        self.done = 0

    async def surely(
        self,
        chat: int,
        does: Callable[[int], Awaitable[Answer]],
        in_doubt: Callable[[], None] = lambda: None,  # noqa: ARG002
    ) -> Answer:
        try:
            answer = await does(self.place(chat))
        except ChatMigrated as error:
            self.moves(chat, error.new_chat_id)
            answer = await does(error.new_chat_id)
        self.done += 1
        return answer


class Bulk:
    """The courier's way to Telegram; `deliver` may be called from any thread, many at a time."""

    def __init__(self, posting: Posting) -> None:
        self._posting = posting
        self._quiet_until = 0.0
        self._loop = asyncio.get_running_loop()

    def deliver(self, address: Address, reply: Reply) -> str:
        """The message's id. Raises DeliveryFailed or FloodWait when nothing arrived.

        Any other error says that it may have arrived.
        """
        delivered = asyncio.run_coroutine_threadsafe(self._deliver(address, reply), self._loop)
        try:
            return delivered.result(_PATIENCE)
        except concurrent.futures.TimeoutError:
            delivered.cancel()
            raise

    async def _deliver(self, address: Address, reply: Reply) -> str:
        place = Place(int(address.id))
        left = self._quiet_until - self._loop.time()
        if left > 0:
            raise FloodWait(left)
        straight = _Straight(self._posting.caller.moved)
        try:
            shown = await replace(self._posting, caller=straight).new(place, reply)
        except TelegramError as error:
            told = self._told_apart(error)
            # Sent once more, what has arrived of a long one would be there twice.
            raise (MaybeDelivered("A part of it arrived.") if straight.done else told) from error
        return f"{straight.place(place.chat)}:{shown.message if shown else ''}"

    def _told_apart(self, error: TelegramError) -> Exception:
        """What the scheduler needs to know: for good, for now, or perhaps it arrived."""
        if isinstance(error, RetryAfter):
            seconds = seconds_of(error)
            self._quiet_until = self._loop.time() + seconds
            return FloodWait(seconds)
        if sorted_out(error) is Complaint.UNREACHABLE:
            return DeliveryFailed("Telegram does not let us write to this person.", permanent=True)
        if was_surely_not_sent(error):
            return DeliveryFailed("Telegram cannot be reached.", permanent=False)
        if isinstance(error, BadRequest):
            return DeliveryFailed("Telegram does not take this message.", permanent=False)
        return MaybeDelivered("Telegram did not say whether the message arrived.")


class MaybeDelivered(Exception):
    """The line broke after the message, or a part of it, had gone out."""
