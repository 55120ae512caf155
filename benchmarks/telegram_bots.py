"""The measured bots: a bare echo of the framework, our channel alone, all of LibCoach."""

import argparse
import asyncio
import json
import resource
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from bot.speech import Message, Reply, text
from bot.telegram.pacing import Pacing
from bot.telegram.running import TelegramChannel, run_until_stopped
from bot.wiring import App, open_app
from foundation.settings import Settings

TOKEN: Final = "1:AAEmeasured_token_of_nobody"
_PAGE: Final = resource.getpagesize()


def echo(url: str, _: Path) -> None:
    """The framework's own example."""
    _echo(url, at_once=1)


def echo_at_once(url: str, _: Path) -> None:
    """The same with as many updates at once as the framework suggests."""
    _echo(url, at_once=256)


def _echo(url: str, at_once: int) -> None:
    async def answer(update: Update, _: Any) -> None:
        if update.message is not None and update.message.text is not None:
            await update.message.reply_text(update.message.text)

    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot")
    application = builder.concurrent_updates(at_once).build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.run_polling(timeout=2)


class _Echo:
    def hear(self, message: Message) -> Iterator[Reply]:
        yield Reply(text(message.text))


def channel(url: str, home: Path) -> None:
    """Our channel with nothing behind it."""
    _run(url, home, lambda _: _Echo())


def libcoach(url: str, home: Path) -> None:
    """The whole program."""
    from bot.assistant import Assistant

    _run(url, home, Assistant)


def _run(url: str, home: Path, ears: Callable[[App], Any]) -> None:
    settings = Settings(home=home, telegram_token=TOKEN, telegram_api_url=url)
    app = open_app(settings)
    pacing = Pacing(burst=1_000_000)
    run_until_stopped(TelegramChannel(settings, ears(app), app.sessions, app.clock, pacing=pacing))


def _watch(kept: list[tuple[float, int]]) -> None:
    """The memory of this process, every second."""
    while True:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        kept.append((time.perf_counter(), pages * _PAGE))
        time.sleep(1.0)


BOTS: Final = {
    "echo": echo, "echo-at-once": echo_at_once, "channel": channel, "libcoach": libcoach,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bot", choices=BOTS)
    parser.add_argument("url")
    given = parser.parse_args()
    memory: list[tuple[float, int]] = []
    threading.Thread(target=_watch, args=(memory,), daemon=True).start()
    with tempfile.TemporaryDirectory() as home:
        BOTS[given.bot](given.url, Path(home))
    spent = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps({"cpu": spent.ru_utime + spent.ru_stime, "memory": [size for _, size in memory]})
    )


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    asyncio.set_event_loop(asyncio.new_event_loop())
    main()
