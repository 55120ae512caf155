"""The bot as it runs: opened, fetching updates by polling or webhook, stopped within seconds."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application

from bot.speech import Address, Reply
from bot.telegram.building import Built, build
from bot.telegram.connecting import KeepingBot, open_bot
from bot.telegram.discretion import keep_the_token_out_of_logs
from bot.telegram.pacing import Pacing
from bot.telegram.port import Hears, StandingOf
from bot.telegram.sending import BETWEEN_EDITS
from foundation import logs
from foundation.clock import Clock
from foundation.database import Sessions
from foundation.errors import ConfigurationError, DeliveryFailed
from foundation.settings import Settings
from foundation.wording import say

UPDATES: Final = (
    Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER,
)  # fmt: skip
_LONGEST_PAUSE: Final = 30.0
_TO_STOP_FETCHING: Final = 3.0
_TO_FINISH: Final = 4.0
_POLL_SECONDS: Final = 25


@dataclass
class TelegramChannel:
    """LibCoach on Telegram. `tell` hears what whoever started it should know."""

    settings: Settings
    hears: Hears
    sessions: Sessions
    clock: Clock
    standing_of: StandingOf | None = None
    tell: Callable[[str], None] = lambda _: None
    pacing: Pacing = field(default_factory=Pacing)
    between_edits: float = BETWEEN_EDITS
    before_closing: Callable[[], None] = lambda: None
    _built: Built | None = None
    _is_told_of_conflict: bool = False

    def deliver(self, address: Address, reply: Reply) -> str:
        """Bring a reply to somebody, from any thread; answers the message's id."""
        if self._built is None:
            raise DeliveryFailed("Telegram is not connected yet.", permanent=False)
        return self._built.bulk.deliver(address, reply)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set."""
        keep_the_token_out_of_logs()
        bot = open_bot(self.settings)
        refused = asyncio.Event()
        bot.desk.on_refusal = refused.set
        try:
            if await self._until(stop, self._greeted(bot)):
                await self._serve(stop, bot, refused)
        finally:
            await _within(1.0, bot.shutdown())
        if refused.is_set():
            raise ConfigurationError(say("telegram.start.token", self.settings.language))

    async def _serve(self, stop: asyncio.Event, bot: KeepingBot, refused: asyncio.Event) -> None:
        built = build(self, bot)
        try:
            if await self._until(stop, self._start(built)):
                await self._until(stop, _happened(refused))
        finally:
            # What is being sent is finished first, while there is still a way to send it.
            await asyncio.to_thread(self.before_closing)
            self._built = None
            await _close(built)

    async def _until(self, stop: asyncio.Event, does: Awaitable[None]) -> bool:
        """Do something that may take long; False when it was stopped before it was done."""
        doing, stopped = asyncio.ensure_future(does), asyncio.ensure_future(stop.wait())
        await asyncio.wait((doing, stopped), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not doing.done():
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)
            return False
        doing.result()
        return True

    async def _greeted(self, bot: KeepingBot) -> None:
        """Until Telegram has told who we are, however long it is away."""
        pause = 1.0
        while True:
            try:
                await bot.initialize()
            except InvalidToken:
                told = say("telegram.start.token", self.settings.language)
                raise ConfigurationError(told) from None
            except TelegramError as error:
                if pause == 1.0:
                    self.tell(say("telegram.start.waiting", self.settings.language))
                logs.failed("telegram does not answer", error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                return

    async def _start(self, built: Built) -> None:
        application = built.application
        await application.initialize()
        await application.start()
        for update, replies in built.left():
            built.hearing.said_before[update.update_id] = replies
            await built.inbox.put_again(update)
        await self._fetch(application)
        self._built = built
        built.cosmetics = asyncio.create_task(built.hearing.menu.set_up(self.settings.admins))
        username = application.bot.username
        logs.note("telegram started", webhook=self.settings.webhook_url is not None)
        self.tell(say("telegram.start.ready", self.settings.language, username=username))

    async def _fetch(self, application: Application) -> None:  # type: ignore[type-arg]
        updater = application.updater
        if updater is None:
            return
        if self.settings.webhook_url is None or self.settings.webhook_listen is None:
            await updater.start_polling(
                timeout=_POLL_SECONDS, bootstrap_retries=-1, allowed_updates=UPDATES,
                error_callback=self._trouble,
            )  # fmt: skip
            return
        host, port = self.settings.webhook_listen
        try:
            _look_whether_free(host, port)
            await updater.start_webhook(
                listen=host, port=port, url_path=urlsplit(self.settings.webhook_url).path,
                webhook_url=self.settings.webhook_url, secret_token=self.settings.webhook_secret,
                allowed_updates=UPDATES, bootstrap_retries=-1,
            )  # fmt: skip
        except OSError as error:
            raise ConfigurationError(
                say(
                    "telegram.start.listen", self.settings.language, place=f"{host}:{port}",
                    reason=error.strerror or error,
                )
            ) from error  # fmt: skip

    def _trouble(self, error: TelegramError) -> None:
        """What goes wrong while polling; the fetching goes on by itself."""
        logs.failed("updates not fetched", error)
        if isinstance(error, Conflict) and not self._is_told_of_conflict:
            self._is_told_of_conflict = True
            self.tell(say("telegram.start.twice", self.settings.language))


def _look_whether_free(host: str, port: int) -> None:
    """Raises OSError when another program listens there."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


async def _happened(event: asyncio.Event) -> None:
    await event.wait()


async def _close(built: Built) -> None:
    """Stop fetching, let what is being said be said, write the book; all within seconds."""
    application = built.application
    if built.cosmetics is not None:
        built.cosmetics.cancel()
    if application.updater is not None and application.updater.running:
        await _within(_TO_STOP_FETCHING, application.updater.stop())
    if application.running and not await _within(_TO_FINISH, application.stop()):
        built.turns.abandon()
        await asyncio.sleep(0)
    built.workers.close()
    await asyncio.to_thread(built.ledger.close)
    await _within(1.0, application.shutdown())
    logs.note("telegram stopped")


async def _within(seconds: float, does: Awaitable[None]) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await does
    except (TimeoutError, TelegramError, RuntimeError) as error:
        logs.failed("not stopped in time", error)
        return False
    return True


def run_until_stopped(channel: TelegramChannel) -> None:
    """In this thread, until SIGTERM or Ctrl+C."""

    async def running() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(sign, stop.set)
        await channel.run(stop)

    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(running())


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The faster loop, where there is one: Windows has none."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
