"""`libcoach outcomes report`: the indicators as a page or a workbook for a board."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.command_line.printing import print_json
from bot.command_line.selecting import period_of, selecting

if TYPE_CHECKING:
    from bot.wiring import App
    from training_modules.reporting import Report

_KINDS = (".html", ".xlsx")


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="PATH",
              help="A file that ends with .html or .xlsx.")  # fmt: skip
@selecting
@click.option("--language", type=click.Choice(("zh", "en")), help="By default that of the home.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with all figures.")
def report(
    *, out: Path, first: date | None, last: date | None, cohort: str | None,
    language: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Tell what was learnt: charts, plain readings, errors, limits, what to teach next.

    \b
    Examples:
      libcoach outcomes report --out report.html
      libcoach outcomes report --out spring.xlsx --cohort 春季班 --from 2026-03-01
    """
    if out.suffix.lower() not in _KINDS:
        raise click.UsageError("--out needs a file that ends with .html or .xlsx.")
    from bot.wiring import open_app
    from foundation.wording import say
    from training_modules import auditing
    from training_modules.exporting.fresh import fresh_file

    app = open_app()
    period_of(app, first, last, cohort)
    made = made_report(app, (first, last), cohort, language or app.settings.language)
    with fresh_file(out) as place:
        write_report(made, place)
    auditing.note(app.sessions, app.clock, "command line", "report", out.name)
    if as_json:
        print_json({"path": str(out), **made.as_json()})
        return
    click.echo(say("report.written", app.settings.language, path=out, headline=made.headline))


def made_report(
    app: "App", days: tuple[date | None, date | None], cohort: str | None, language: str
) -> "Report":
    """The report of this home, today."""
    from training_modules.reporting import compile_report
    from training_modules.shelf import Shelf
    from training_modules.snapshot import snapshot

    modules = Shelf.open(app.settings.home / "modules").modules()
    gaps = app.receipts.gaps(10)
    with snapshot(app.sessions) as session:
        return compile_report(
            session, days, cohort, language=language, made_on=app.today(),
            zone=app.settings.timezone, modules=modules, gaps=gaps,
        )  # fmt: skip


def write_report(made: "Report", place: Path) -> None:
    """As a page or a workbook, by the end of its name."""
    from training_modules.reporting import as_html, write_workbook

    if place.suffix.lower() == ".xlsx":
        write_workbook(made, place)
    else:
        place.write_text(as_html(made), encoding="utf-8", newline="\n")
