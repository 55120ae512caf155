"""The assistant: what a person says on any channel, the room it belongs to, the replies."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from bot.chat import (
    administration,
    asking,
    certificates,
    deliveries,
    helping,
    joining,
    lessons,
    own_data,
    progress,
    remembering,
    settings,
    wishing,
)
from bot.chat.turn import Command, Turn
from bot.speech import Message, Reply, text
from bot.training import Training, open_training
from bot.wiring import App
from foundation import logs
from foundation.errors import AppError
from foundation.telling import told
from scheduler.courtesy import Courtesy
from training_modules.people import Person
from training_modules.wishes import wish_in

Tapped = Callable[[Turn, str], Iterator[Reply]]

_ROOMS: Final = (
    helping, asking, joining, lessons, progress, settings, own_data, certificates,
    administration,
)  # fmt: skip
_TAPS: Final[dict[str, Tapped]] = {
    "h": helping.tapped,
    "q": asking.tapped,
    "j": joining.tapped,
    "s": lessons.tapped,
    "m": lessons.passage,
    "p": settings.tapped,
    "d": own_data.tapped,
    "a": administration.tapped,
    "n": deliveries.tapped,
}
_PERSONAL_TAPS: Final = frozenset("jspdtan")
_SHORTCUTS: Final = {"today": "", "more": "more"}


@dataclass(frozen=True)
class Assistant:
    """One for all people and channels; everything it knows of a person is in the database."""

    app: App
    admins: frozenset[tuple[str, str]] = frozenset()
    shows_pictures: bool = True
    courtesy: Courtesy = field(default_factory=Courtesy)

    @cached_property
    def training(self) -> Training:
        return open_training(self.app)

    @cached_property
    def commands(self) -> dict[str, Command]:
        """Every command under its name and its words."""
        every = [command for room in _ROOMS for command in room.COMMANDS]
        named = {f"/{command.name}": command for command in every}
        return named | {word: command for command in every for word in command.words}

    def hear(self, message: Message) -> Iterator[Reply]:
        """What is answered; never an exception for what a person may say or tap."""
        turn: Turn | None = None
        try:
            turn = self._turn(message)
            yield from self._replies(turn)
        except AppError as error:
            language = turn.language if turn else self.app.settings.language
            yield Reply(text(told(str(error), language)))
        except Exception as error:  # noqa: BLE001 - the edge of every channel
            reference = uuid.uuid4().hex[:6].upper()
            logs.failed("conversation", error, reference=reference)
            language = turn.language if turn else self.app.settings.language
            yield _failed(language, reference)
        finally:
            if turn is not None and not turn.forgotten:
                self._keep(turn)

    def _replies(self, turn: Turn) -> Iterator[Reply]:
        """Bulk work waits while somebody's reply is made, and goes on while it is sent."""
        replies = self._routed(turn)
        while True:
            with self.courtesy.answering():
                reply = next(replies, None)
            if reply is None:
                return
            yield reply

    def is_admin(self, person: Person) -> bool:
        named = (person.channel, person.address) in self.admins
        return named or person.role == "administrator"

    def _turn(self, message: Message) -> Turn:
        at = message.address
        person = self.training.people.meet(at.channel, at.id, message.name, message.language)
        kept = remembering.recall(self.app.sessions, person.id)
        return Turn(
            self.app, self.training, person, message, self.is_admin(person), dict(kept),
            self.shows_pictures, named_admins=self.admins, before=kept,
        )  # fmt: skip

    def _keep(self, turn: Turn) -> None:
        if turn.state != turn.before:
            remembering.remember(self.app.sessions, self.app.clock, turn.person.id, turn.state)

    def _routed(self, turn: Turn) -> Iterator[Reply]:
        message = turn.message
        if message.file is not None:
            yield from administration.received(turn)
        elif message.action:
            yield from self._tapped(turn)
        else:
            yield from self._late(turn) if message.is_late else self._said(turn)

    def _late(self, turn: Turn) -> Iterator[Reply]:
        """An apology, and below it in the same message what is answered."""
        sorry = text(turn.words("asking.late") + "\n\n")
        slot: str | None = None
        for reply in self._said(turn):
            is_first = slot is None or (slot != "" and slot == reply.slot)
            if is_first and reply.text and reply.to is None:
                slot = reply.slot
                yield replace(reply, text=(*sorry, *reply.text))
            else:
                yield reply

    def _tapped(self, turn: Turn) -> Iterator[Reply]:
        prefix, _, rest = turn.message.action.partition(".")
        if prefix in _PERSONAL_TAPS and turn.in_public:
            yield turn.told("chat.in_private")
        elif prefix == "t" and rest in _SHORTCUTS:
            yield from lessons.today(turn, _SHORTCUTS[rest])
        elif prefix == "t" and f"/{rest}" in self.commands:
            yield from self._called(turn, self.commands[f"/{rest}"], "")
        elif prefix in _TAPS:
            yield from _TAPS[prefix](turn, rest)
        else:
            yield turn.gone()

    def _said(self, turn: Turn) -> Iterator[Reply]:
        said = turn.message.text.strip()
        found = self._command(said)
        if found is not None:
            turn.state.pop("awaits", None)
            yield from self._called(turn, *found)
        elif said.startswith("/"):
            yield turn.told("command.unknown")
        else:
            yield from self._worded(turn, said)

    def _command(self, said: str) -> tuple[Command, str] | None:
        """`/name rest`, or one of a command's words alone or before a space."""
        first, _, rest = said.partition(" ")
        name = first.partition("@")[0].casefold() if first.startswith("/") else said.casefold()
        if name in self.commands and (first.startswith("/") or name == said.casefold()):
            return self.commands[name], rest.strip() if first.startswith("/") else ""
        command = self.commands.get(first)
        takes_more = command is not None and command.name in ("join", "verify", "ask")
        return (command, rest.strip()) if command and takes_more else None

    def _called(self, turn: Turn, command: Command, rest: str) -> Iterator[Reply]:
        if command.for_admins and not turn.is_admin:
            yield turn.told("command.unknown")
        elif (command.is_personal or command.for_admins) and turn.in_public:
            yield turn.told("chat.in_private")
        else:
            yield from command.handler(turn, rest)

    def _worded(self, turn: Turn, said: str) -> Iterator[Reply]:
        """Words that something waits for, a wish, or a question."""
        awaits = turn.state.get("awaits", "")
        waiting = None
        if awaits == "join.hour" and not turn.in_public:
            waiting = joining.written(turn)
        elif awaits.startswith("settings.") and not turn.in_public:
            waiting = settings.written(turn)
        elif awaits.startswith("a.") and turn.is_admin and not turn.in_public:
            waiting = administration.written(turn)
        yield from self._answered(turn, said) if waiting is None else waiting

    def _answered(self, turn: Turn, said: str) -> Iterator[Reply]:
        lesson = None if turn.in_public else lessons.written(turn)
        wish = wish_in(said)
        if lesson is not None:
            yield from lesson
        elif wish is not None and not turn.in_public:
            yield from wishing.wished(turn, wish)
        else:
            yield from asking.heard(turn)


def _failed(language: str, reference: str) -> Reply:
    from foundation.wording import say

    return Reply(text(say("asking.failed", language, reference=reference)))
