"""Conversations of a few lines, for tests of channels."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.speech import Message, Reply, text


def echo(message: Message) -> Iterator[Reply]:
    yield Reply(text(f"heard: {message.text or message.action}"))


@dataclass
class Ears:
    """Hears with a function, and remembers what was heard."""

    says: Callable[[Message], Iterator[Reply]] = echo
    heard: list[Message] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, message: Message) -> Iterator[Reply]:
        with self._lock:
            self.heard.append(message)
        return self.says(message)
