"""What goes wrong on a bad night: planned beforehand, each for so many calls."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from tests.telegram_server.specification import Refusal


class When(Enum):
    """Whether a call took effect before the line broke; LATE is SLOW once it took effect."""

    BEFORE = auto()
    AFTER = auto()
    REFUSED = auto()
    SLOW = auto()
    LATE = auto()


@dataclass
class Fault:
    """One kind of trouble for the next calls of a method (of any when it has no name)."""

    when: When
    method: str = ""
    times: int = 1
    skip: int = 0
    refusal: Refusal | None = None
    seconds: float = 0.0

    def takes(self, method: str) -> bool:
        if self.times <= 0 or self.method not in ("", method):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass
class Night:
    """The faults that are planned, in order."""

    faults: list[Fault] = field(default_factory=list)

    def plan(self, when: When, method: str = "", **more: Any) -> Fault:
        self.faults.append(Fault(when, method, **more))
        return self.faults[-1]

    def next_for(self, method: str) -> Fault | None:
        return next((fault for fault in self.faults if fault.takes(method)), None)


def flood(seconds: int) -> Refusal:
    return Refusal(
        429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds}
    )  # fmt: skip


def broken(status: int = 502) -> Refusal:
    named = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}
    return Refusal(status, named[status])
