"""The imitated Telegram in a thread of its own, as tests and measurements use it."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from tests.telegram_server.faults import Night
from tests.telegram_server.people import Group, Person
from tests.telegram_server.serving import Api, listen
from tests.telegram_server.specification import Refusal
from tests.telegram_server.world import TOKEN, Chat, Refused, Took, World

Answer = TypeVar("Answer")


class TelegramServer:
    """A Telegram of one bot; every access happens in its own thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.url = ""
        self.token = TOKEN
        self.night = Night()
        self.api: Api
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._serve())
        self.loop.run_forever()
        self.loop.run_until_complete(self._close())
        self.loop.close()

    async def _serve(self) -> None:
        self.api = Api(World(), self.night)
        self._server, port = listen(self.api)
        self.url = f"http://127.0.0.1:{port}"
        self._ready.set()

    async def _close(self) -> None:
        await self.api.stop_delivering()
        self._server.stop()
        await self._server.close_all_connections()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def start(self) -> None:
        self._thread.start()
        self._ready.wait(10)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)

    def ask(self, does: Callable[[World], Answer]) -> Answer:
        """Do something with the world where the world lives."""

        async def asked() -> Answer:
            return does(self.api.world)

        return asyncio.run_coroutine_threadsafe(asked(), self.loop).result(10)

    def call(self, method: str, **given: Any) -> Any:
        """A call without HTTP; raises the refusal."""
        called = self.api.call(method, given, {})
        return asyncio.run_coroutine_threadsafe(called, self.loop).result(10)

    def person(self, number: int = 1001, name: str = "王芳", language: str = "zh-hans") -> Person:
        self.ask(lambda w: w.chats.setdefault(number, Chat(number, title=name, language=language)))
        return Person(self, number)

    def group(self, number: int = -100200, title: str = "馆员群") -> Group:
        self.ask(lambda w: w.chats.setdefault(number, Chat(number, "supergroup", title)))
        return Group(self, number)

    @property
    def took(self) -> list[Took]:
        return self.ask(lambda w: list(w.took))

    @property
    def refused(self) -> list[Refused]:
        return self.ask(lambda w: list(w.refused))

    def calls(self, method: str) -> list[Took]:
        return [took for took in self.took if took.method == method]

    def wait(self, until: Callable[[], Any], seconds: float = 15.0) -> Any:
        """What `until` answers once it is true; fails when that takes too long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := until():
                return found
            time.sleep(0.02)
        raise AssertionError(f"not within {seconds} s; refused: {self.refused[-5:]}")


@contextmanager
def telegram_server() -> Iterator[TelegramServer]:
    server = TelegramServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


__all__ = ["Refusal", "TelegramServer", "telegram_server"]
