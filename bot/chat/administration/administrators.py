"""Administrators: who they are, who becomes one, who is one no longer, from that moment on."""

from collections.abc import Iterator
from typing import Final

from bot.chat.rich import rich
from bot.chat.turn import Command, Turn
from bot.speech import Address, Button, Reply
from foundation.wording import say
from training_modules.auditing import note
from training_modules.people import Person


def admins(turn: Turn, rest: str) -> Iterator[Reply]:
    """`/admins`, `/admins add ID`, `/admins remove ID`."""
    what, _, wanted = rest.partition(" ")
    if what in ("add", "remove") and wanted:
        yield from _changed(turn, what, _person(turn, wanted.strip()))
        return
    lines = [turn.words("admins.head")]
    lines += [
        turn.words("admins.named", name=_known(turn, *one)) for one in sorted(turn.named_admins)
    ]
    named = turn.training.people.administrators()
    lines += [turn.words("admins.one", name=p.name or p.address, address=p.address) for p in named]
    buttons = tuple(
        (Button(turn.words("admins.remove", name=p.name or p.address), f"a.adm.remove.{p.id}"),)
        for p in named
    )
    yield turn.reply(rich("\n".join([*lines, turn.words("admins.how")])), buttons)


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    what, _, person = rest.partition(".")
    if what == "remove":
        yield from _changed(turn, what, turn.training.people.by_id(person))


def _known(turn: Turn, channel: str, address: str) -> str:
    """Somebody named in the settings, by their name once we have met."""
    person = turn.training.people.find(channel, address)
    known = person.name if person and person.name else channel
    return turn.words("admins.one", name=known, address=address)


def _changed(turn: Turn, what: str, person: Person | None) -> Iterator[Reply]:
    if person is None:
        yield turn.told("admins.unknown")
        return
    people = turn.training.people
    remaining = [p for p in people.administrators() if p.id != person.id]
    if what == "remove" and not remaining and not turn.named_admins:
        yield turn.told("admins.last")
        return
    former = "trainee" if person.is_trainee else "reader"
    people.change(person.id, role="administrator" if what == "add" else former)
    note(turn.app.sessions, turn.app.clock, turn.person.id, f"administrator {what}", person.id)
    key = "admins.added" if what == "add" else "admins.removed"
    yield turn.reply(rich(turn.words(key, name=person.name or person.address)))
    if person.id != turn.person.id:
        words = say(f"{key}.you", person.language)
        yield Reply(rich(words), to=Address(person.channel, person.address))


def _person(turn: Turn, wanted: str) -> Person | None:
    """By the address on this channel, or by what /id tells."""
    people = turn.training.people
    return people.find(turn.person.channel, wanted) or people.by_id(wanted)


def own_id(turn: Turn, _rest: str) -> Iterator[Reply]:
    yield turn.told("admins.id", id=turn.person.address)


COMMANDS: Final = (
    Command("admins", admins, ("管理员",), for_admins=True),
    Command("id", own_id, (), is_personal=True),
)
