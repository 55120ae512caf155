"""What `libcoach schedule list` and `show` print."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import click

from bot.scheduling import CHANNELS
from bot.training import open_training
from bot.wiring import App, open_app
from foundation.errors import AppError
from foundation.wording import say
from scheduler import looking
from scheduler.delivery import Delivery, State
from scheduler.digest_lines import why_in_words, why_of
from scheduler.looking import Outlook
from scheduler.planning import Why
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
    more: int = 0
    blocked_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "deliveries": [looking.as_json(row) for row in self.rows],
            "more": self.more,
            "learners": [looking.outlook_as_json(one) for one in self.outlooks],
            "without_person": list(self.without_person),
        }


def _roster(app: App) -> SqlRoster:
    return SqlRoster(app.sessions, open_training(app).coaching.shelf, CHANNELS)


def listed(states: Sequence[str], day: date | None, most: int) -> Shown:
    app = open_app()
    roster, now = _roster(app), app.clock()
    with app.sessions() as session:
        wanted = [State(state) for state in states]
        rows = looking.deliveries(session, now, wanted, day, most)
        more = looking.number_of_deliveries(session, now, wanted, day) - len(rows)
    if states or day is not None:
        return Shown(app, rows, (), more=more)
    outlooks = list(looking.outlooks(roster, now))
    return Shown(app, rows, outlooks, roster.without_person(), more)


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
        blocked_at = looking.blocked_at(session, person)
    now = app.clock()
    outlooks = [looking.outlook(one, now) for one in _roster(app).of(person, now)]
    return Shown(app, rows, outlooks, blocked_at=blocked_at)


def print_listed(found: Shown) -> None:
    language = found.app.settings.language
    _print_rows(found, language)
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


def _print_rows(found: Shown, language: str) -> None:
    for row in found.rows:
        click.echo(_line(row, language))
    if found.more:
        click.echo(say("schedule.list.more", language, number=found.more))
    if not found.rows:
        click.echo(say("schedule.list.none", language))


def print_shown(found: Shown) -> None:
    language = found.app.settings.language
    for one in found.outlooks:
        learner = one.learner
        hour = f"{learner.minute // 60:02}:{learner.minute % 60:02}"
        click.echo(f"{learner.person}  {learner.enrolment}  {hour} {learner.zone}")
        if one.now.why is not None:
            click.echo("  " + _why_now(one, found.blocked_at, language))
        if one.next is not None:
            click.echo("  → " + _next_line(one.next, language).strip())
    for row in found.rows:
        click.echo(_line(row, language))


def _why_now(one: Outlook, blocked_at: datetime | None, language: str) -> str:
    """Why nothing goes out to somebody now, and since when or until when."""
    away = one.learner.away_until
    if one.now.why is Why.BLOCKED and blocked_at is not None:
        return say("schedule.why.blocked_on", language, day=f"{blocked_at:%Y-%m-%d}")
    if one.now.why is Why.AWAY and away is not None:
        return say("schedule.why.away_until", language, day=away.isoformat())
    return why_in_words(str(one.now.why), language)


def _next_line(coming: Delivery, language: str) -> str:
    kind = say(f"schedule.kind.{coming.kind}", language)
    at = f"{coming.due_at:%Y-%m-%d %H:%M} UTC"
    return f"  {at}  {coming.person}  {kind} {coming.module}".rstrip()


def _line(row: DeliveryRow, language: str) -> str:
    kind = say(f"schedule.kind.{row.kind}", language)
    state = say(f"schedule.state.{row.state}", language)
    why = f" ({why_of(row, language)})" if row.why else ""
    what = f"{kind} {row.module}".rstrip()
    return f"{row.id}  {row.due_at:%Y-%m-%d %H:%M} UTC  {row.person}  {what}: {state}{why}"
