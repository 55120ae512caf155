"""A way to Telegram that only says things: for a program that ends by itself, beside the bot."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from telegram.error import InvalidToken, TelegramError

from bot.speech import Address, Reply
from bot.telegram.calling import Caller
from bot.telegram.connecting import KeepingBot, open_bot
from bot.telegram.delivering import Bulk
from bot.telegram.discretion import keep_the_token_out_of_logs
from bot.telegram.posting import Posting
from foundation import logs
from foundation.errors import ConfigurationError, DeliveryFailed
from foundation.settings import Settings
from foundation.wording import say

_TO_CLOSE: Final = 5.0


@contextmanager
def one_way(settings: Settings) -> Iterator[Callable[[Address, Reply], str]]:
    """What brings a reply to an address, from any thread; nothing that people say is fetched.

    Raises ConfigurationError for a token that is none, DeliveryFailed when nobody answers.
    """
    keep_the_token_out_of_logs()
    bot = open_bot(settings)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="telegram", daemon=True)
    thread.start()
    try:
        bulk = asyncio.run_coroutine_threadsafe(_opened(bot, settings.language), loop).result()
        yield bulk.deliver
    finally:
        asyncio.run_coroutine_threadsafe(_closed(bot), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_TO_CLOSE)
        loop.close()


async def _opened(bot: KeepingBot, language: str) -> Bulk:
    try:
        await bot.initialize()
    except InvalidToken:
        raise ConfigurationError(say("telegram.start.token", language)) from None
    except TelegramError as error:
        logs.failed("telegram does not answer", error)
        raise DeliveryFailed(
            "Telegram cannot be reached; nothing was sent, and what is due waits.",
            permanent=False,
        ) from error
    return Bulk(Posting(bot, Caller(), language))


async def _closed(bot: KeepingBot) -> None:
    try:
        async with asyncio.timeout(_TO_CLOSE):
            await bot.shutdown()
    except (TimeoutError, TelegramError, RuntimeError) as error:
        logs.failed("not stopped in time", error)
