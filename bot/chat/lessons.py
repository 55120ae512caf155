"""Lessons: what is due today, each tap and word in a sitting, and what is said at its end."""

from collections.abc import Iterator
from typing import Final

from bot.chat.asking import opened
from bot.chat.ending import ended, nothing_due
from bot.chat.screens import Screen
from bot.chat.turn import Command, Turn
from bot.speech import Buttons, Reply
from retrieval.answer import Citation
from training_modules.moving import awaits_words
from training_modules.open_sitting import Open
from training_modules.sitting import Taken


def today(turn: Turn, rest: str) -> Iterator[Reply]:
    """The sitting that is due, or where it was left."""
    enrolment = turn.training.enrolling.current(turn.person)
    if enrolment is None or not turn.person.is_trainee:
        yield turn.told("training.needs_join", (turn.button("training.begin", "j.start"),))
        return
    more = rest in ("more", "再学一课")
    coaching = turn.training.coaching
    found = coaching.open(turn.person, enrolment, more=more, delivery=turn.delivery)
    if found is None:
        yield from nothing_due(turn, enrolment)
        return
    if turn.person.is_paused and not turn.message.action:
        # Whoever learns of their own accord may not know why nothing comes by itself.
        yield turn.told("training.still_paused", (turn.button("chat.resume", "t.resume"),))
    yield Screen(turn, found).reply()


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    """`<sitting>.<step>.<stage>.<value>` of a button, however old."""
    parts = rest.split(".")
    if len(parts) != 4 or not parts[1].isdecimal():
        yield turn.gone()
        return
    sitting, at, stage, value = parts
    found = turn.training.coaching.tap(turn.person, sitting, int(at), stage, value)
    if found is None:
        yield turn.gone()
    elif found.taken is Taken.TAKEN:
        yield from _shown(turn, found)
    else:
        late = "training.late" if found.taken is Taken.LATE else "training.not_here"
        yield Reply(notice=turn.words(late))


def written(turn: Turn) -> Iterator[Reply] | None:
    """Words that a sitting waits for; None when they are for somebody else to answer."""
    coaching = turn.training.coaching
    current = coaching.current(turn.person) if turn.person.is_trainee else None
    if current is None or not awaits_words(current.sitting, coaching.item):
        return None
    found = coaching.say(turn.person, turn.message.text)
    if found is None:
        return None
    if found.taken is not Taken.TAKEN:
        return iter([turn.told("training.not_a_number")])
    return _shown(turn, found)


def passage(turn: Turn, rest: str) -> Iterator[Reply]:
    """`<module>.<source>`: the place in the document that a card or an item rests on."""
    name, _, number = rest.rpartition(".")
    module = turn.training.shelf.module(name)
    sources = module.sources if module else ()
    if not number.isdecimal() or not 0 < int(number) <= len(sources):
        yield turn.gone()
        return
    source = sources[int(number) - 1]
    turn.app.follow_changes()
    found = turn.app.library.place_of(source.doc, source.quote)
    if found is None:
        yield turn.told("training.source.gone")
        return
    version, at = found
    library = turn.app.library
    held = library.passage(version, at)
    path = tuple(library.reading(version).path(held.section))
    title = library.record(version).title
    told = opened(turn, Citation(1, source.doc, title, path, held.page, source.quote, version, at))
    yield turn.reply(told.text, _way_back(turn))


def _way_back(turn: Turn) -> Buttons:
    """The passage takes the place of the step that rests on it, and leads back to it."""
    back = turn.button("training.source.back", "t.today")
    current = turn.training.coaching.current(turn.person)
    onwards = Screen(turn, current).onwards() if current else ()
    return ((back, *onwards),)


def _shown(turn: Turn, found: Open) -> Iterator[Reply]:
    if found.sitting.is_over:
        yield from ended(turn, found)
    else:
        yield Screen(turn, found).reply()


COMMANDS: Final = (
    Command("today", today, ("今天", "今日", "学习", "上课", "today"), is_personal=True),
)
