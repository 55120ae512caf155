"""The first word and the help: what can be done here, for each role."""

from collections.abc import Iterator
from typing import Final

from bot.chat.rich import rich
from bot.chat.turn import Command, Turn
from bot.speech import Reply


def start(turn: Turn, rest: str) -> Iterator[Reply]:
    """`/start`, with a cohort's code when it came by a link."""
    if rest:
        from bot.chat.joining import join

        yield from join(turn, rest.removeprefix("join_"))
        return
    first = (turn.button("chat.ask", "h.ask"), turn.button("chat.join", "j.start"))
    buttons = (first, (turn.button("chat.help", "h.help"),))
    words = turn.words("chat.start")
    if turn.is_admin and not turn.in_public:
        words += "\n" + turn.words("chat.start.admin")
    yield Reply(rich(words), buttons)


def help_(turn: Turn, _rest: str) -> Iterator[Reply]:
    key = "help.admin" if turn.is_admin else "help.reader"
    words = turn.words(key)
    if turn.person.is_trainee:
        words = turn.words("help.trainee") + "\n" + words
    yield Reply(rich(words))


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    if rest == "ask":
        yield turn.told("talk.empty")
    else:
        yield from help_(turn, "")


COMMANDS: Final = (
    Command("start", start, ("开始",)),
    Command("help", help_, ("帮助", "help", "?", "？")),
)
