"""The real Telegram channel in a thread of its own, for tests."""

import asyncio
import threading
from collections.abc import Callable

from bot.telegram.running import TelegramChannel


class Bot:
    """The real channel in a thread of its own; stopped as SIGTERM stops it, or dropped."""

    def __init__(self, channel: TelegramChannel) -> None:
        self.channel = channel
        self.told: list[str] = []
        channel.tell = self.told.append
        self.failure: BaseException | None = None
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self.channel.run(self._stop))
        except Exception as error:  # noqa: BLE001 - the test asks for it
            self.failure = error
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    def start(self) -> "Bot":
        self._thread.start()
        return self

    def stop(self, seconds: float = 12.0) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(seconds)
        assert not self._thread.is_alive(), "it did not stop"

    def has_ended(self) -> bool:
        return not self._thread.is_alive()


Starting = Callable[..., Bot]
