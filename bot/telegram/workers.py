"""Threads in which the conversation thinks; what it says flows back while it thinks on."""

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from bot.speech import Reply
from foundation import logs

THREADS: Final = 16


class Stream:
    """The replies of one hearing, from its thread to the loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._replies: asyncio.Queue[Reply | None] = asyncio.Queue()
        self._has_ended = False

    def put(self, reply: Reply | None) -> None:
        """Called in the thread; None ends the stream."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._replies.put_nowait, reply)

    async def next(self) -> Reply | None:
        """The next reply; None when there is none any more."""
        if self._has_ended:
            return None
        reply = await self._replies.get()
        self._has_ended = reply is None
        return reply

    async def next_within(self, seconds: float) -> Reply | None:
        """The same; TimeoutError when nothing is said in that time."""
        if not self._replies.empty():
            return await self.next()
        async with asyncio.timeout(seconds):
            return await self.next()


class Workers:
    """A fixed number of threads that end with the program, whatever they are busy with."""

    def __init__(self, threads: int = THREADS) -> None:
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"hearing-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def stream(self, says: Callable[[], Iterator[Reply]]) -> Stream:
        """Start saying; `says` never raises."""
        stream = Stream()

        def work() -> None:
            try:
                for reply in says():
                    stream.put(reply)
            finally:
                stream.put(None)

        self._work.put(work)
        return stream

    def do(self, work: Callable[[], None]) -> None:
        """Something that nobody waits for."""
        self._work.put(work)

    def close(self) -> None:
        """Threads that are idle end; the others end with the program."""
        for _ in self._threads:
            self._work.put(None)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 - the thread goes on with the next
                logs.failed("work failed", error)
