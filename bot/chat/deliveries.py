"""Deliveries: what is sent at somebody's hour, and what their taps on it mean."""

from collections.abc import Iterator
from typing import Final

from bot.chat import lessons, settings
from bot.chat.rich import rich
from bot.chat.turn import Turn
from bot.speech import Button, Buttons, Reply
from bot.training import Training
from bot.wiring import App
from foundation.wording import say
from scheduler import claiming, digest, digest_lines, notes, reminders
from scheduler.delivery import Delivery, Kind
from scheduler.learner import NothingToSay
from scheduler.planning import Why
from scheduler.roster import SqlRoster
from scheduler.snoozing import snooze
from training_modules.people import Person

_MOST_GAPS: Final = 10


def composed(app: App, training: Training, person: Person, delivery: Delivery) -> Reply | None:
    """What a delivery says to its person; None when there is nothing left to say."""
    language = person.language
    if delivery.kind is Kind.DIGEST:
        return _digest(app, training, language)
    if delivery.kind is Kind.NOTE:
        return _note(app, training, person, delivery)
    return Reply(rich(_words(training, delivery, language)), _buttons(delivery, language))


def _digest(app: App, training: Training, language: str) -> Reply:
    def title_of(name: str) -> str:
        module = training.shelf.module(name)
        return module.title.of(language) if module else name

    roster = SqlRoster(app.sessions, training.coaching.shelf)
    said = digest.digest_of(
        app.sessions, roster, app.clock(), lambda: _gaps(app), training.approved.absence
    )
    return Reply(rich("\n".join(digest_lines.as_lines(said, language, title_of))))


def _gaps(app: App) -> list[str]:
    return [gap.question for gap in app.receipts.gaps(_MOST_GAPS)]


def _words(training: Training, delivery: Delivery, language: str) -> str:
    if delivery.kind is Kind.REMINDER:
        return reminders.words(delivery, language)
    if delivery.kind is not Kind.MODULE:
        return say(f"training.due.{delivery.kind}", language)
    shelf = training.coaching.shelf
    module = shelf.module(delivery.module)
    if module is None or not shelf.is_deliverable(module):
        raise NothingToSay(Why.GONE)
    title, objective = module.title.of(language), module.objectives[0].of(language)
    return say(
        "training.due.module", language, title=title, minutes=module.minutes, objective=objective
    )


def _note(app: App, training: Training, person: Person, delivery: Delivery) -> Reply | None:
    shelf, today = training.coaching.shelf, training.coaching.today(person)
    with app.sessions() as session:
        note = notes.note_of(session, delivery.enrolment, shelf, today, app.clock())
    if note is None:
        return None
    return Reply(rich("\n".join(notes.as_lines(note, shelf, person.language))))


def _buttons(delivery: Delivery, language: str) -> Buttons:
    def button(what: str, label: str = "") -> Button:
        return Button(say(f"training.due.{label or what}", language), f"n.{what}.{delivery.id}")

    goes_on = delivery.kind is Kind.REMINDER and delivery.module != Kind.FOLLOWUP
    first = button("go", "on" if goes_on else "go")
    return ((first,), (button("later"), button("away")))


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    """A tap on anything that was delivered also says that it did arrive."""
    what, _, delivery = rest.partition(".")
    app, now = turn.app, turn.app.clock()
    with app.sessions.begin() as session:
        claiming.settle(session, delivery, now)
        again = snooze(session, delivery, now) if what == "later" else None
    if what == "go":
        turn.delivery = delivery
        if turn.person.is_paused:
            turn.person = turn.training.people.change(
                turn.person.id, is_paused=False, resumed_at=now
            )
        yield from lessons.today(turn, "")
    elif what == "later":
        yield turn.reply(rich(turn.words(f"training.due.later.{'done' if again else 'not'}")))
    elif what == "away":
        yield from settings.away(turn, "")
