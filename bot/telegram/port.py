"""What the channel needs of the conversation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.speech import Address, Message, Reply


class Hears(Protocol):
    """Answers what a person says; called in one thread at a time for each person."""

    def hear(self, message: Message) -> Iterator[Reply]: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody's command menu depends on: `reader`, `trainee` or `administrator`."""

    role: str
    language: str


StandingOf = Callable[[Address], Standing | None]
