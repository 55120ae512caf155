"""Everything of a running bot, put together once Telegram has said who we are."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, TypeHandler

from bot.telegram.addressing import Me
from bot.telegram.calling import Caller
from bot.telegram.connecting import KeepingBot
from bot.telegram.delivering import Bulk
from bot.telegram.hearing import Hearing
from bot.telegram.inbox import Inbox, InTurn
from bot.telegram.ledger import Ledger, Waiting
from bot.telegram.menu import COMMANDS, Menu
from bot.telegram.posting import Posting
from bot.telegram.receiving import LARGEST_FILE, Receiving
from bot.telegram.sending import Voice
from bot.telegram.workers import Workers
from foundation import logs
from foundation.errors import UnreadableDocument
from foundation.wording import say

if TYPE_CHECKING:
    from bot.telegram.running import TelegramChannel

_DOWNLOAD_SECONDS: Final = 120.0


@dataclass
class Built:
    """The parts that starting and stopping have to do with."""

    application: "Application[Any, Any, Any, Any, Any, Any]"
    bot: KeepingBot
    hearing: Hearing
    inbox: Inbox
    turns: InTurn
    ledger: Ledger
    workers: Workers
    bulk: Bulk
    waiting: list[Waiting]
    cosmetics: "asyncio.Task[None] | None" = None

    def left(self) -> Iterator[tuple[Update, int]]:
        """What an earlier run received and did not deal with."""
        for waiting in self.waiting:
            update = Update.de_json(json.loads(waiting.content), self.bot)
            yield update, waiting.replies


def build(channel: "TelegramChannel", bot: KeepingBot) -> Built:
    """A bot that is initialised, with everything around it."""
    settings, language = channel.settings, channel.settings.language
    ledger = Ledger(channel.sessions, bot.id, channel.clock)
    waiting = ledger.open()
    inbox = bot.desk.inbox = Inbox(ledger)
    caller, workers = Caller(), Workers()
    posting = Posting(bot, caller, language)
    receiving = Receiving(
        Me(bot.id, bot.username), fetching(bot, asyncio.get_running_loop(), language), COMMANDS,
        language,
    )  # fmt: skip
    hearing = Hearing(
        bot, channel.hears, receiving, Voice(posting, caller, ledger, channel.between_edits),
        workers, Menu(bot, language, channel.standing_of), channel.clock, channel.pacing,
    )  # fmt: skip
    turns = InTurn(hearing.refuses)
    application = (
        ApplicationBuilder().bot(bot).update_queue(inbox).concurrent_updates(turns)
        .job_queue(None).build()
    )  # fmt: skip
    application.add_handler(TypeHandler(Update, hearing.hear))
    application.add_error_handler(_note)
    logs.note("telegram opened", waiting=len(waiting), webhook=settings.webhook_url is not None)
    return Built(
        application, bot, hearing, inbox, turns, ledger, workers, Bulk(posting), waiting
    )  # fmt: skip


def fetching(
    bot: KeepingBot, loop: asyncio.AbstractEventLoop, language: str
) -> Callable[[str], Callable[[], bytes]]:
    """How a conversation, in its thread, gets the bytes of a file."""

    async def fetched(file: str) -> bytes:
        found = await bot.get_file(file, read_timeout=_DOWNLOAD_SECONDS)
        if (found.file_size or 0) > LARGEST_FILE:
            raise UnreadableDocument(say("telegram.file.lost", language))
        return bytes(await found.download_as_bytearray(read_timeout=_DOWNLOAD_SECONDS))

    def fetch(file: str) -> bytes:
        try:
            return asyncio.run_coroutine_threadsafe(fetched(file), loop).result(
                2 * _DOWNLOAD_SECONDS
            )
        except (TelegramError, TimeoutError) as error:
            raise UnreadableDocument(say("telegram.file.lost", language)) from error

    return lambda file: lambda: fetch(file)


async def _note(_: object, context: Any) -> None:
    logs.failed("update failed", context.error)
