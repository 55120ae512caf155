"""The other side of a Telegram measurement: hands out updates, takes replies, as fast as it can.

It checks nothing, so that it is not what is measured; the strict imitation is in the tests.
"""

import argparse
import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

from benchmarks.measuring import percentile

_BATCH: Final = 100
_POLL_SECONDS: Final = 2.0
_ME: Final = {"id": 1, "is_bot": True, "first_name": "LibCoach", "username": "LibCoachBot"}
_SILENCE: Final = 60.0


@dataclass
class Side:
    """So many people who say the same once each, or several times in turn."""

    people: int
    rounds: int
    words: str
    said: int = 0
    begun: float = 0.0
    last: float = 0.0
    waits: list[float] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def total(self) -> int:
        return self.people * self.rounds

    def updates(self, offset: int) -> list[dict[str, Any]]:
        """The next batch; all were asked at once, when the first was fetched."""
        self.begun = self.begun or time.perf_counter()
        first = max(offset, 1)
        return [self._update(n) for n in range(first, min(first + _BATCH, self.total + 1))]

    def _update(self, number: int) -> dict[str, Any]:
        person = 1000 + number % self.people
        who = {"id": person, "is_bot": False, "first_name": "馆员", "language_code": "zh"}
        message = {
            "message_id": number, "date": int(time.time()), "from": who, "text": self.words,
            "chat": {"id": person, "type": "private", "first_name": "馆员"},
        }  # fmt: skip
        return {"update_id": number, "message": message}

    def reply(self, chat: str) -> None:
        self.said += 1
        self.last = time.perf_counter()
        self.waits.append(self.last - self.begun)
        self.answered.add(chat)
        if self.said >= self.total:
            self.done.set()

    def result(self, method: str, body: bytes) -> Any:
        if method == "getMe":
            return {**_ME, "can_join_groups": True, "can_read_all_group_messages": False,
                    "supports_inline_queries": False}  # fmt: skip
        if method == "sendMessage":
            chat = parse_qs(body.decode())["chat_id"][0]
            self.reply(chat)
            return {"message_id": self.said, "date": int(time.time()), "text": "x",
                    "from": _ME, "chat": {"id": int(chat), "type": "private"}}  # fmt: skip
        return True


async def serve(side: Side) -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await _exchange(side, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    before = -1
    while not side.done.is_set() and (side.said != before or not side.said):
        before = side.said
        try:
            async with asyncio.timeout(_SILENCE):
                await side.done.wait()
        except TimeoutError:
            continue
    seconds = side.last - side.begun
    print(
        json.dumps(
            {
                "replies": side.said, "people": len(side.answered), "seconds": seconds,
                "a_second": side.said / seconds, "p95": percentile(side.waits, 95),
            }
        ),
        flush=True,
    )  # fmt: skip


async def _exchange(side: Side, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = 0
    for line in head.split("\r\n"):
        if line.lower().startswith("content-length:"):
            length = int(line.partition(":")[2])
    body = await reader.readexactly(length)
    method = head.split(" ")[1].rpartition("/")[2]
    if method == "getUpdates":
        offset = int(parse_qs(body.decode()).get("offset", ["0"])[0])
        result: Any = side.updates(offset)
        if not result:
            await asyncio.sleep(_POLL_SECONDS)
    else:
        result = side.result(method, body)
    said = json.dumps({"ok": True, "result": result}).encode()
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        b"Content-Length: " + str(len(said)).encode() + b"\r\n\r\n" + said
    )
    await writer.drain()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--words", default="你好")
    given = parser.parse_args()
    asyncio.run(serve(Side(given.people, given.rounds, given.words)))
