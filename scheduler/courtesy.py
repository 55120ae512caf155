"""Courtesy: whoever asks comes first; work in bulk waits a moment while an answer is made."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# Bulk waits no longer than this for one page of its own, however many ask.
_LONGEST: Final = 0.25


class Courtesy:
    """Counts the answers being made; `give_way` returns when there are none, or after a while."""

    def __init__(self, longest: float = _LONGEST) -> None:
        self._answers = 0
        self._longest = longest
        self._none = threading.Condition()

    @contextmanager
    def answering(self) -> Iterator[None]:
        with self._none:
            self._answers += 1
        try:
            yield
        finally:
            with self._none:
                self._answers -= 1
                self._none.notify_all()

    def give_way(self) -> None:
        with self._none:
            self._none.wait_for(lambda: self._answers == 0, self._longest)
