"""How fast one person may talk: a burst, then so many a second."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

_MOST_PEOPLE: Final = 20_000
# Whoever was asked to slow down hears it again only after so many seconds.
_SAID_AGAIN_AFTER: Final = 30.0


@dataclass
class _Purse:
    left: float
    at: float
    told_at: float = float("-inf")


@dataclass
class Pacing:
    """Lets through what a person may say; `most_waiting` of theirs may wait at once."""

    burst: int = 20
    a_second: float = 1.0
    most_waiting: int = 25
    now: Callable[[], float] = time.monotonic
    _purses: OrderedDict[int, _Purse] = field(default_factory=OrderedDict)

    def allows(self, person: int, waiting: int) -> bool:
        now = self.now()
        purse = self._purses.pop(person, None) or _Purse(float(self.burst), now)
        purse.left = min(float(self.burst), purse.left + (now - purse.at) * self.a_second)
        purse.at = now
        self._purses[person] = purse
        if len(self._purses) > _MOST_PEOPLE:
            self._purses.popitem(last=False)
        if purse.left < 1 or waiting > self.most_waiting:
            return False
        purse.left -= 1
        return True

    def is_to_be_told(self, person: int) -> bool:
        """Once in a while, so that the friendly word is no flood itself."""
        purse = self._purses.get(person)
        if purse is None or self.now() - purse.told_at < _SAID_AGAIN_AFTER:
            return False
        purse.told_at = self.now()
        return True
