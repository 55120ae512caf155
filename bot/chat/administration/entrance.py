"""The entrance to administration: nobody gets past it who is not an administrator now."""

from collections.abc import Callable, Iterator
from typing import Final

from bot.chat.administration import (
    administrators,
    documents,
    gaps,
    loading,
    modules,
    records,
    trainees,
)
from bot.chat.turn import Turn
from bot.speech import Reply

_ROOMS: Final = (documents, gaps, trainees, modules, records, administrators)
COMMANDS: Final = tuple(command for room in _ROOMS for command in room.COMMANDS)
_TAPS: Final[dict[str, Callable[[Turn, str], Iterator[Reply]]]] = {
    "gap": gaps.tapped,
    "doc": documents.tapped,
    "trn": trainees.tapped,
    "adm": administrators.tapped,
    "mod": modules.tapped,
    "rec": records.tapped,
}
_WRITTEN: Final[dict[str, Callable[[Turn, str], Iterator[Reply]]]] = {
    "gap": gaps.written,
    "trn": trainees.written,
}


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    """`<room>.<what>` of a button; a forged or an old one finds the same door."""
    room, _, what = rest.partition(".")
    if not turn.is_admin:
        yield Reply(notice=turn.words("command.unknown"))
    elif room in _TAPS:
        yield from _TAPS[room](turn, what)
    else:
        yield turn.gone()


def written(turn: Turn) -> Iterator[Reply]:
    """Words that an administrator's room waits for: `a.<room>.<what>`."""
    _, _, awaited = turn.state.pop("awaits").partition(".")
    room, _, what = awaited.partition(".")
    if room in _WRITTEN:
        yield from _WRITTEN[room](turn, what)


def received(turn: Turn) -> Iterator[Reply]:
    """A file that was sent."""
    if not turn.is_admin:
        yield turn.told("asking.file.refused")
    elif turn.in_public:
        yield turn.told("chat.group_file")
    elif turn.message.file is not None:
        yield from loading.received(turn, turn.message.file)
