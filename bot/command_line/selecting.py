"""Which part of the outcome log: the options `--from`, `--to` and `--cohort` of commands."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.wiring import App
    from training_modules.indicators.period import Period

_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _as_day(
    _context: click.Context, _option: click.Parameter, value: datetime | None
) -> date | None:
    return value.date() if value else None


def selecting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options `first`, `last` and `cohort`."""
    for option in (
        click.option("--cohort", metavar="NAME", help="Of one cohort only."),
        click.option("--to", "last", type=_DAY, callback=_as_day, metavar="DATE",
                     help="Until the end of this day, in the home's time zone."),
        click.option("--from", "first", type=_DAY, callback=_as_day, metavar="DATE",
                     help="From the beginning of this day, for example 2026-03-01."),
    ):  # fmt: skip
        command = option(command)
    return command


def period_of(app: "App", first: date | None, last: date | None, cohort: str | None) -> "Period":
    """The days as instants; a wrong order is wrong usage, an unknown cohort is told."""
    from foundation.errors import AppError
    from training_modules.indicators.period import Period

    if first and last and first > last:
        raise click.UsageError(f"--from {first} is after --to {last}.")
    if cohort is not None:
        known = _cohorts(app)
        if cohort not in known:
            there = "、".join(known) or "none"
            raise AppError(f"There is no cohort “{cohort}”; there are: {there}.")
    return Period.of_days(first, last, app.settings.timezone)


def _cohorts(app: "App") -> list[str]:
    from sqlalchemy import select, union

    from training_modules.rows import CohortRow, EnrolmentRow

    joined = select(EnrolmentRow.cohort).where(EnrolmentRow.cohort.is_not(None))
    with app.sessions() as session:
        return sorted(session.scalars(union(select(CohortRow.name), joined)))
