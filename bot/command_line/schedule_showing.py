"""What `libcoach schedule list` and `show` print."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import click

from bot.scheduling import CHANNELS
from bot.training import open_training
from bot.wiring import App, open_app
from foundation.errors import AppError
from foundation.wording import say
from scheduler import looking
from scheduler.delivery import Delivery, State
from scheduler.digest_lines import why_in_words
from scheduler.looking import Outlook
from scheduler.roster import SqlRoster
from scheduler.rows import DeliveryRow

_FEW: Final = 20


@dataclass(frozen=True)
class Shown:
    """Rows, and what comes next for the people they are about."""

    app: App
    rows: Sequence[DeliveryRow]
    outlooks: Sequence[Outlook]
    without_person: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "deliveries": [looking.as_json(row) for row in self.rows],
            "learners": [looking.outlook_as_json(one) for one in self.outlooks],
            "without_person": list(self.without_person),
        }


def _roster(app: App) -> SqlRoster:
    return SqlRoster(app.sessions, open_training(app).coaching.shelf, CHANNELS)


def listed(states: Sequence[str], day: date | None, most: int) -> Shown:
    app = open_app()
    roster, now = _roster(app), app.clock()
    with app.sessions() as session:
        rows = looking.deliveries(session, now, [State(state) for state in states], day, most)
    if states or day is not None:
        return Shown(app, rows, ())
    return Shown(app, rows, list(looking.outlooks(roster, now)), roster.without_person())


def shown(wanted: str) -> Shown:
    """A delivery with its person, or a person with all of theirs."""
    app = open_app()
    with app.sessions() as session:
        row = session.get(DeliveryRow, wanted)
        person = row.person if row else looking.person_of(session, wanted)
        if person is None:
            raise AppError(
                f"Nothing is known of “{wanted}”; give the id of a delivery, a person or an"
                " enrolment, as “libcoach schedule list” shows them."
            )
        rows = [row] if row else looking.history(session, person)
    now = app.clock()
    return Shown(app, rows, [looking.outlook(one, now) for one in _roster(app).of(person, now)])


def print_listed(found: Shown) -> None:
    language = found.app.settings.language
    for row in found.rows:
        click.echo(_line(row, language))
    if not found.rows:
        click.echo(say("schedule.list.none", language))
    reasons = Counter(one.now.why for one in found.outlooks if one.now.why is not None)
    if reasons:
        click.echo("\n" + say("schedule.list.not_now", language))
        for why, count in reasons.most_common():
            click.echo(f"{count:>6}  {why_in_words(str(why), language)}")
    coming = [one.next for one in found.outlooks if one.next is not None]
    if coming:
        click.echo("\n" + say("schedule.list.next", language))
        for delivery in sorted(coming, key=lambda d: (d.due_at, d.person))[:_FEW]:
            click.echo(_next_line(delivery, language))
    for enrolment in found.without_person:
        click.echo(f"{enrolment}: {why_in_words('person', language)}")


def print_shown(found: Shown) -> None:
    language = found.app.settings.language
    for one in found.outlooks:
        learner = one.learner
        hour = f"{learner.minute // 60:02}:{learner.minute % 60:02}"
        click.echo(f"{learner.person}  {learner.enrolment}  {hour} {learner.zone}")
        if one.now.why is not None:
            click.echo("  " + why_in_words(str(one.now.why), language))
        if one.next is not None:
            click.echo("  → " + _next_line(one.next, language).strip())
    for row in found.rows:
        click.echo(_line(row, language))


def _next_line(coming: Delivery, language: str) -> str:
    kind = say(f"schedule.kind.{coming.kind}", language)
    at = f"{coming.due_at:%Y-%m-%d %H:%M} UTC"
    return f"  {at}  {coming.person}  {kind} {coming.module}".rstrip()


def _line(row: DeliveryRow, language: str) -> str:
    kind = say(f"schedule.kind.{row.kind}", language)
    state = say(f"schedule.state.{row.state}", language)
    why = f" ({why_in_words(row.why, language)})" if row.why else ""
    what = f"{kind} {row.module}".rstrip()
    return f"{row.id}  {row.due_at:%Y-%m-%d %H:%M} UTC  {row.person}  {what}: {state}{why}"
