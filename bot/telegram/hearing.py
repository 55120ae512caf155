"""One update from beginning to end: read, thought about in a thread, answered, marked as done."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

from telegram import Bot, ChatMember, Update
from telegram.error import TelegramError

from bot.speech import Message, Reply, text
from bot.telegram.complaints import Complaint, sorted_out
from bot.telegram.heard import Heard, Place
from bot.telegram.menu import Menu
from bot.telegram.pacing import Pacing
from bot.telegram.port import Hears
from bot.telegram.receiving import Receiving
from bot.telegram.sending import Saying, Voice
from bot.telegram.typing import Typing
from bot.telegram.workers import Workers
from foundation import logs
from foundation.clock import Clock
from foundation.errors import AppError
from foundation.telling import told
from foundation.wording import say

_CROWD: Final = 30


@dataclass
class Hearing:
    """Hears updates for one bot."""

    bot: Bot
    hears: Hears
    receiving: Receiving
    voice: Voice
    workers: Workers
    menu: Menu
    clock: Clock
    pacing: Pacing = field(default_factory=Pacing)
    # What an earlier run had said already to updates that come again.
    said_before: dict[int, int] = field(default_factory=dict)
    being_heard: int = 0

    async def hear(self, update: Update, _: Any = None) -> None:
        """Answer an update; whatever happens, it is dealt with, unless the program ends."""
        heard = None
        try:
            heard = self.receiving.read(update, self.clock())
            if heard is not None:
                await self._answer(heard, update.update_id)
            else:
                await self._note(update)
        except Exception as error:  # noqa: BLE001 - one update must not end the program
            await self._bear(error, update, heard)
        self.voice.ledger.handled(update.update_id)

    async def _bear(self, error: Exception, update: Update, heard: Heard | None) -> None:
        """Who cannot be reached is noted; to others we apologise."""
        gone = isinstance(error, TelegramError) and sorted_out(error) is Complaint.UNREACHABLE
        if gone or heard is None:
            logs.failed("update not answered", error, update=update.update_id)
            return
        words = self._wrong(error, self._language(heard.message))
        await self.voice.caller.gently(self.voice.posting.new(heard.place, Reply(text(words))))

    async def refuses(self, update: Update, waiting: int) -> bool:
        """Whether somebody talks too fast; says so in a friendly way, now and then."""
        user = update.effective_user
        if user is None or self.pacing.allows(user.id, waiting):
            return False
        heard = self.receiving.read(update, self.clock())
        if heard is not None and self.pacing.is_to_be_told(user.id):
            await self.voice.caller.gently(self._word(heard, "telegram.slow_down"))
        elif update.callback_query is not None:
            with suppress(TelegramError):
                await update.callback_query.answer()
        self.voice.ledger.handled(update.update_id)
        return True

    async def _answer(self, heard: Heard, number: int) -> None:
        if heard.word:
            await self._word(heard, heard.word, **dict(heard.facts))
            return
        stream = self.workers.stream(lambda: self._replies(heard.message))
        skip = self.said_before.pop(number, 0)
        saying = Saying(self.voice, heard, number, skip)
        with self._typing(heard.place):
            await saying.all(stream)
        self.menu.follow(heard.message, self.workers)
        for other in saying.others:
            self.menu.look_at(other, self.workers)

    def _replies(self, message: Message) -> Iterator[Reply]:
        """What the conversation says; in place of an error, one sentence."""
        try:
            yield from self.hears.hear(message)
        except AppError as error:
            yield Reply(text(told(str(error), self._language(message))))
        except Exception as error:  # noqa: BLE001 - people see a reference, never a traceback
            yield Reply(text(self._wrong(error, self._language(message))))

    def _wrong(self, error: BaseException, language: str) -> str:
        reference = uuid.uuid4().hex[:6].upper()
        logs.failed("hearing failed", error, reference=reference)
        return say("telegram.wrong", language, reference=reference)

    def _language(self, message: Message) -> str:
        return message.language or self.receiving.language

    async def _word(self, heard: Heard, key: str, **facts: object) -> None:
        words = say(key, self._language(heard.message), **facts)
        if heard.tap is not None:
            tap = heard.tap.query
            await self.voice.caller.once(
                heard.place.chat, lambda _: self.bot.answer_callback_query(tap, text=words[:200])
            )
            return
        await self.voice.posting.new(heard.place, Reply(text(words)))

    @contextmanager
    def _typing(self, place: Place) -> Iterator[None]:
        """“typing…” for as long as it takes, where it takes long."""
        self.being_heard += 1
        typing = Typing(self.bot, self.voice.caller, place, self._is_crowded)
        try:
            yield
        finally:
            self.being_heard -= 1
            typing.stop()

    def _is_crowded(self) -> bool:
        """Telegram takes so many calls a second; then they are for answers."""
        return self.being_heard > _CROWD

    async def _note(self, update: Update) -> None:
        """What nobody said: a group that moved, a group that took us in."""
        sent, joined = update.message, update.my_chat_member
        if sent is not None and sent.migrate_to_chat_id is not None:
            self.voice.caller.moves(sent.chat.id, sent.migrate_to_chat_id)
        if joined is None or joined.chat.type == "private":
            return
        was_out = joined.old_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED)
        if was_out and joined.new_chat_member.status in (
            ChatMember.MEMBER,
            ChatMember.ADMINISTRATOR,
        ):
            language = self.receiving.language
            words = say("telegram.group.hello", language, username=self.receiving.me.username)
            await self.voice.posting.new(Place(joined.chat.id), Reply(text(words)))
