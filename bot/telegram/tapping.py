"""A tapped button shines until it is answered: soon, once, with a word where there is one."""

import asyncio
from typing import Any, Final

from telegram import Bot

from bot.telegram.calling import Caller
from bot.telegram.heard import Heard
from bot.telegram.splitting import sendable

# Nobody looks at a shining button longer than that.
_PATIENCE: Final = 2.0


class TapAnswer:
    """Answers the tap of a hearing, if it was one."""

    def __init__(self, bot: Bot, caller: Caller, heard: Heard) -> None:
        self._bot = bot
        self._caller = caller
        self._heard = heard
        self._is_answered = heard.tap is None
        self._tasks: list[asyncio.Task[Any]] = []
        self._patience: asyncio.TimerHandle | None = None
        self.said: str | None = None

    def expect(self) -> None:
        """Answer without a word when nothing is said in time."""
        if not self._is_answered:
            loop = asyncio.get_running_loop()
            self._patience = loop.call_later(_PATIENCE, self.now, "")

    def now(self, word: str) -> None:
        """Answer at once, unless that was done; goes on while the reply is sent."""
        if self._is_answered or self._heard.tap is None:
            return
        self._is_answered = True
        self.said = word
        query = self._heard.tap.query
        does = self._caller.once(
            self._heard.place.chat,
            lambda _: self._bot.answer_callback_query(query, text=sendable(word) or None),
        )
        self._tasks.append(asyncio.create_task(does))

    async def settle(self) -> None:
        self.now("")
        if self._patience is not None:
            self._patience.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
