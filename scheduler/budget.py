"""How fast bulk goes out: so many a second, and not at all while the channel asks to wait."""

import time
from collections.abc import Callable
from typing import Final

RATE: Final = 25.0
# A fifth of a second's worth may go at once, so that a second never holds much more than its rate.
_BURST_SECONDS: Final = 0.2
_SLOWER: Final = 0.7
_SLOWEST: Final = 1.0
_RECOVERS_IN: Final = 600.0
_SECOND_MORE: Final = 1.0


class Budget:
    """Tokens that fill up with time. Answers to questions never ask here, so they never wait."""

    def __init__(
        self,
        rate: float = RATE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._full = self._rate = rate
        self._clock, self._sleep = clock, sleep
        self._processes = 1
        self._tokens = self._burst
        self._at = clock()
        self._held_until = float("-inf")

    @property
    def rate(self) -> float:
        """How many a second this process may send now."""
        return self._rate / self._processes

    @property
    def _burst(self) -> float:
        return max(1.0, self.rate * _BURST_SECONDS)

    @property
    def is_held(self) -> bool:
        return self._clock() < self._held_until

    def share(self, processes: int) -> None:
        """Several processes send at the rate of one."""
        self._processes = max(1, processes)

    def take(self, most: int) -> int:
        """How many may go now, at most so many; waits for the first, is 0 while held."""
        self._fill()
        if most < 1 or self.is_held:
            return 0
        if self._tokens < 1:
            self._sleep((1 - self._tokens) / self.rate)
            self._fill()
        taken = min(most, int(self._tokens + 1e-9))
        self._tokens -= taken
        return taken

    def give_back(self, unused: int) -> None:
        self._tokens = min(self._burst, self._tokens + unused)

    def hold(self, seconds: float) -> None:
        """The channel asks to wait: nothing goes out so long, and less a second for a while."""
        self._held_until = max(self._held_until, self._clock() + seconds + _SECOND_MORE)
        self._rate = max(_SLOWEST, self._rate * _SLOWER)
        self._tokens = 0.0

    def _fill(self) -> None:
        now = self._clock()
        passed = max(0.0, now - self._at)
        self._at = now
        self._rate = min(self._full, self._rate + self._full * passed / _RECOVERS_IN)
        self._tokens = min(self._burst, self._tokens + passed * self.rate)
