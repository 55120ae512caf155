"""The way from threads back to the loop: one waking for all that came since the last."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any


class Crossing:
    """Calls made in the loop, in the order in which threads sent them.

    To wake the loop takes longer than most of what crosses, so that whatever comes
    before it has woken goes along.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._calls: deque[tuple[Callable[..., object], tuple[Any, ...]]] = deque()
        self._is_woken = False

    def send(self, call: Callable[..., object], *given: Any) -> None:
        """From any thread; `call` must not raise. When the loop has ended nobody is there."""
        self._calls.append((call, given))
        if not self._is_woken:
            self._is_woken = True
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._arrive)

    def _arrive(self) -> None:
        # First the sign, then the calls: whoever sends in between wakes the loop again.
        self._is_woken = False
        while self._calls:
            call, given = self._calls.popleft()
            call(*given)
