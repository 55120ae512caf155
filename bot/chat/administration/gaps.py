"""Gaps: what the documents did not answer, and what becomes of it."""

from collections.abc import Iterator
from typing import Final

from bot.chat.rich import rich
from bot.chat.turn import Command, Turn
from bot.chat.waiting import done_waiting, waiting
from bot.showing import shortened
from bot.speech import Button, Reply, text
from foundation.wording import say
from training_modules.auditing import note

_MOST: Final = 10


def gaps(turn: Turn, _rest: str) -> Iterator[Reply]:
    found = turn.app.receipts.gaps()
    wishes = turn.training.wishes.unmet()
    if not found and not wishes:
        yield turn.told("gaps.none")
        return
    lines = [turn.words("gaps.head", number=len(found))] if found else []
    lines += [
        turn.words("gaps.line", number=n, question=gap.question, times=gap.times)
        for n, gap in enumerate(found, 1)
    ]
    if wishes:
        lines += ["", turn.words("gaps.wishes"), *(f"- {wish}" for wish in wishes[:_MOST])]
    buttons = tuple(
        (Button(f"{n}. {shortened(gap.question, 36)}", f"a.gap.show.{gap.key}"),)
        for n, gap in enumerate(found[:_MOST], 1)
    )
    yield Reply(rich("\n".join(lines)), buttons, aside=True)


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    what, _, key = rest.partition(".")
    gap = turn.app.receipts.gap(key)
    if gap is None:
        yield turn.gone()
    elif what == "show":
        nearest = "".join(f"\n  · {place}" for place in gap.nearest[:3])
        words = turn.words("gaps.one", question=gap.question, times=gap.times)
        choices = tuple(
            (turn.button(f"gaps.{choice}", f"a.gap.{choice}.{key}"),)
            for choice in ("answer", "load", "outside")
        )
        yield turn.reply(text(words + nearest), choices)
    elif what == "answer":
        turn.state["awaits"] = f"a.gap.{key}"
        yield turn.reply(rich(turn.words("gaps.answer.ask", question=gap.question)))
    elif what == "load":
        yield turn.reply(rich(turn.words("gaps.load.how")))
    elif what == "outside":
        turn.app.receipts.settle(key, "outside")
        note(turn.app.sessions, turn.app.clock, turn.person.id, "gap outside", gap.question)
        yield turn.reply(text(turn.words("gaps.settled")))
        for address, language in waiting(turn.app.sessions, key):
            words = say("gaps.outside.told", language, question=gap.question)
            yield Reply(text(words), to=address)
        done_waiting(turn.app.sessions, key)


def written(turn: Turn, key: str) -> Iterator[Reply]:
    """The administrator's own answer; whoever waits for it is told."""
    gap = turn.app.receipts.gap(key)
    if gap is None:
        yield turn.gone()
        return
    told = turn.message.text.strip()
    people = waiting(turn.app.sessions, key)
    for address, language in people:
        words = say("gaps.answered", language, question=gap.question, answer=told)
        yield Reply(text(words), to=address)
    turn.app.receipts.settle(key, "answered")
    done_waiting(turn.app.sessions, key)
    note(turn.app.sessions, turn.app.clock, turn.person.id, "gap answered", gap.question)
    yield turn.told("gaps.sent", number=len(people))


COMMANDS: Final = (Command("gaps", gaps, ("缺口", "未答问题"), for_admins=True),)
