"""A turn: one message of one person, and what the conversation remembers of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from bot.chat.rich import rich
from bot.speech import Button, Buttons, Message, Reply, Text
from bot.training import Training
from bot.wiring import App
from foundation.wording import say
from retrieval.folding import fold
from training_modules.people import Person

# A letter by itself is no word of any language.
_TELLING: Final = 2


@dataclass
class Turn:
    """Everything a room needs to answer; `state` is kept until the person is forgotten."""

    app: App
    training: Training
    person: Person
    message: Message
    is_admin: bool
    state: dict[str, Any] = field(default_factory=dict)
    shows_pictures: bool = True
    delivery: str = ""
    named_admins: frozenset[tuple[str, str]] = frozenset()
    forgotten: bool = False
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.person.language

    @property
    def in_public(self) -> bool:
        return bool(self.message.chat)

    @property
    def heard_in(self) -> str:
        """The language of what was said, so that a stranger's first question is understood."""
        letters = [c for c in fold(self.message.text) if c.isalpha()]
        if self.message.text.startswith("/"):
            return self.language
        if any(not c.isascii() for c in letters):
            return "zh"
        return "en" if len(letters) >= _TELLING else self.language

    def words(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def told(self, key: str, /, *buttons: tuple[Button, ...], **values: object) -> Reply:
        return Reply(rich(self.words(key, **values)), buttons)

    def gone(self) -> Reply:
        """The word for a button that leads nowhere any more."""
        return Reply(notice=self.words("training.gone" if self.person.is_trainee else "chat.gone"))

    def button(self, key: str, action: str) -> Button:
        return Button(self.words(key), action)

    def reply(self, text: Text, buttons: Buttons = ()) -> Reply:
        """In place of the message whose button was tapped, else as a new one."""
        return Reply(text, buttons, replaces=bool(self.message.action))


# A room's answer to a command, its rest or the parts of an action given.
Handler = Callable[[Turn, str], Iterator[Reply]]


@dataclass(frozen=True, slots=True)
class Command:
    """What a person may write: `/name`, or one of the words, alone or before what it is about."""

    name: str
    handler: Handler
    words: tuple[str, ...] = ()
    for_admins: bool = False
    is_personal: bool = False
