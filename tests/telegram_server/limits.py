"""Flood limits as Telegram sets them, where a test asks for them."""

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_server.faults import flood


@dataclass
class Limits:
    """So many messages a second in all, and in one chat; 0 is no limit."""

    overall: int = 0
    in_one_chat: int = 0
    said: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def count(self, values: dict[str, Any]) -> None:
        """Raises 429 with the seconds to wait."""
        if "chat_id" not in values or "action" in values or not (self.overall or self.in_one_chat):
            return
        now = time.monotonic()
        for key, most in ((0, self.overall), (values["chat_id"], self.in_one_chat)):
            recent = self.said[key]
            while recent and recent[0] < now - 1.0:
                recent.popleft()
            if most and len(recent) >= most:
                raise flood(max(1, math.ceil(recent[0] + 1.0 - now)))
        for key in (0, values["chat_id"]):
            self.said[key].append(now)
