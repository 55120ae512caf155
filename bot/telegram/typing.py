"""“typing…” at the top of a chat, while somebody waits for an answer."""

import asyncio
from collections.abc import Callable
from typing import Final

from telegram import Bot
from telegram.constants import ChatAction

from bot.telegram.calling import Caller
from bot.telegram.heard import Place

# Whoever is answered within this time does not need to see that we are writing.
_SOON: Final = 0.4
_LASTS: Final = 4.5


class Typing:
    """Shown after a moment, again and again until stopped; a mere timer for quick answers."""

    def __init__(
        self, bot: Bot, caller: Caller, place: Place, is_crowded: Callable[[], bool]
    ) -> None:
        self._bot = bot
        self._caller = caller
        self._place = place
        self._is_crowded = is_crowded
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(_SOON, self._show)
        self._call: asyncio.Task[None] | None = None

    def _show(self) -> None:
        self._timer = self._loop.call_later(_LASTS, self._show)
        if self._is_crowded():
            return
        self._call = self._loop.create_task(
            self._caller.in_passing(
                self._place.chat,
                lambda chat: self._bot.send_chat_action(
                    chat, ChatAction.TYPING, message_thread_id=self._place.topic
                ),
            )
        )

    def stop(self) -> None:
        self._timer.cancel()
        if self._call is not None:
            self._call.cancel()
