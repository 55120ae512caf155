"""Threads in which the conversation thinks; what it says flows back while it thinks on."""

import asyncio
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.speech import Reply
from bot.telegram.crossing import Crossing
from foundation import logs

# So many think at the same time: more would only take turns on the same processor.
AT_ONCE: Final = 2
# Whoever thinks longer than this waits for something else, and makes room for another.
_SLOW_AFTER: Final = 0.3
MOST_SLOW: Final = 20


class Stream:
    """The replies of one hearing, from its thread to the loop."""

    def __init__(self, crossing: Crossing) -> None:
        self._crossing = crossing
        self._replies: asyncio.Queue[Reply | None] = asyncio.Queue()
        self._has_ended = False

    def put(self, reply: Reply | None) -> None:
        """Called in the thread; None ends the stream."""
        self._crossing.send(self._replies.put_nowait, reply)

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


@dataclass
class _Job:
    """A piece of work that has begun."""

    timer: asyncio.TimerHandle | None = None
    is_slow: bool = False


class Workers:
    """Threads that end with the program, whatever they are busy with; asked from the loop alone."""

    def __init__(self, at_once: int = AT_ONCE, most_slow: int = MOST_SLOW) -> None:
        self._loop = asyncio.get_running_loop()
        self._crossing = Crossing()
        self._at_once, self._most_slow = at_once, most_slow
        self._quick = self._slow = 0
        self._waiting: deque[Callable[[], None]] = deque()
        self._begun: queue.SimpleQueue[tuple[Callable[[], None], _Job] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def stream(self, says: Callable[[], Iterator[Reply]]) -> Stream:
        """Start saying; `says` never raises."""
        stream = Stream(self._crossing)

        def work() -> None:
            try:
                for reply in says():
                    stream.put(reply)
            finally:
                stream.put(None)

        self.do(work)
        return stream

    def do(self, work: Callable[[], None]) -> None:
        """Something that nobody waits for."""
        self._waiting.append(work)
        self._fill()

    def close(self) -> None:
        """Threads that are idle end; the others end with the program."""
        for _ in self._threads:
            self._begun.put(None)

    def _fill(self) -> None:
        while self._waiting and self._quick < self._at_once:
            self._quick += 1
            self._make_room()
            job = _Job()
            job.timer = self._loop.call_later(_SLOW_AFTER, self._takes_long, job)
            self._begun.put((self._waiting.popleft(), job))

    def _make_room(self) -> None:
        """A thread for everybody at work, and no more: each has a connection to keep warm."""
        if len(self._threads) < self._quick + self._slow:
            name = f"hearing-{len(self._threads)}"
            self._threads.append(threading.Thread(target=self._run, name=name, daemon=True))
            self._threads[-1].start()

    def _takes_long(self, job: _Job) -> None:
        if self._slow < self._most_slow:
            job.is_slow = True
            self._quick -= 1
            self._slow += 1
            self._fill()

    def _is_done(self, job: _Job) -> None:
        if job.timer is not None:
            job.timer.cancel()
        if job.is_slow:
            self._slow -= 1
        else:
            self._quick -= 1
        self._fill()

    def _run(self) -> None:
        while (begun := self._begun.get()) is not None:
            work, job = begun
            try:
                work()
            except Exception as error:  # noqa: BLE001 - the thread goes on with the next
                logs.failed("work failed", error)
            self._crossing.send(self._is_done, job)
