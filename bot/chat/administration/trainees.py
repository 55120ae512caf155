"""Trainees: cohorts and their codes, who is on track, who went quiet."""

from collections.abc import Iterator
from typing import Final

from bot.chat.joining import in_order
from bot.chat.rich import rich
from bot.chat.times import day_said
from bot.chat.turn import Command, Turn
from bot.speech import Button, Reply
from training_modules.auditing import note
from training_modules.roll import Learning, roll

_MOST: Final = 15


def trainees(turn: Turn, _rest: str) -> Iterator[Reply]:
    people = roll(turn.app.sessions, turn.app.clock())
    cohorts = turn.training.enrolling.cohorts()
    none = "trainees.none.yet" if cohorts else "trainees.none"
    lines = [_head(turn, people)] if people else [turn.words(none)]
    lines += [
        turn.words("trainees.cohort", name=c.name, members=c.members, code=c.code) for c in cohorts
    ]
    quiet = [one for one in people if one.is_quiet]
    steady = [one for one in people if not one.is_quiet and not one.is_finished]
    for key, some in (("trainees.quiet", quiet), ("trainees.steady", steady)):
        if some:
            lines += ["", turn.words(key), *(_line(turn, one) for one in some[:_MOST])]
    buttons = ((turn.button("trainees.new", "a.trn.new"),),)
    yield turn.reply(rich("\n".join(lines)), buttons)


def _head(turn: Turn, people: list[Learning]) -> str:
    return turn.words(
        "trainees.head", people=len({one.pseudonym for one in people}),
        learning=sum(not one.is_finished for one in people),
        finished=sum(one.is_finished for one in people),
    )  # fmt: skip


def _line(turn: Turn, one: Learning) -> str:
    zone = turn.app.settings.zone
    day = day_said(one.last_at.astimezone(zone).date(), turn.language) if one.last_at else "–"
    return "- " + turn.words("trainees.quiet.one", name=one.name, day=day, done=one.done)


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    what, _, value = rest.partition(".")
    if what == "new":
        rows = tuple(
            (Button(track.title.of(turn.language), f"a.trn.track.{track.id}"),)
            for track in in_order(turn)
        )
        yield turn.reply(rich(turn.words("trainees.new.track")), rows)
    elif what == "track" and turn.training.shelf.track(value):
        turn.state["awaits"] = f"a.trn.{value}"
        yield turn.reply(rich(turn.words("trainees.new.name")))


def written(turn: Turn, track: str) -> Iterator[Reply]:
    """The name of a new cohort."""
    cohort = turn.training.enrolling.open_cohort(turn.message.text, track)
    note(turn.app.sessions, turn.app.clock, turn.person.id, "cohort opened", cohort.name)
    yield turn.told("trainees.new.done", name=cohort.name, code=cohort.code)


COMMANDS: Final = (Command("trainees", trainees, ("学员", "学员名单"), for_admins=True),)
