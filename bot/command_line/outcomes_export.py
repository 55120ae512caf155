"""`libcoach outcomes export`: the outcome log as CSV, XLSX, JSON lines or xAPI statements."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.command_line.printing import print_json
from bot.command_line.selecting import period_of, selecting

if TYPE_CHECKING:
    from training_modules.exporting.export import Progress

_FORMATS = ("csv", "xlsx", "jsonl", "xapi")


@click.command()
@click.option("--format", "form", type=click.Choice(_FORMATS), required=True)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="PATH",
    help="A file; for CSV a folder or .zip gets all sheets, a .csv the responses.",
)  # fmt: skip
@selecting
@click.option("--json", "as_json", is_flag=True, help="One JSON object: path, rows of each sheet.")
def export(
    *, form: str, out: Path, first: date | None, last: date | None, cohort: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Write the outcome log to a file: whole, or not at all."""
    from bot.wiring import open_app
    from foundation.wording import say
    from training_modules import auditing
    from training_modules.exporting.export import Format, Wanted
    from training_modules.exporting.export import export as write
    from training_modules.shelf import Shelf

    app = open_app()
    period = period_of(app, first, last, cohort)
    modules = Shelf.open(app.settings.home / "modules").modules()
    wanted = Wanted(
        Format(form), out, app.clock(), app.settings.timezone, period, cohort, modules, _version()
    )
    with _watched(app.settings.language) as progress:
        done = write(app.sessions, wanted, progress)
    auditing.note(app.sessions, app.clock, "command line", "export", out.name, done.total)
    if as_json:
        print_json({"path": str(out), "format": form, "total": done.total, "rows": done.rows})
        return
    language = app.settings.language
    click.echo(say("outcomes.exported", language, rows=f"{done.total:,}", path=out))
    if form == "csv" and set(done.rows) == {"responses"}:
        click.echo(say("outcomes.exported.single", language), err=True)


def _version() -> str:
    from importlib.metadata import version

    return version("libcoach")


@contextmanager
def _watched(language: str) -> "Iterator[Progress]":
    """A bar on a terminal's standard error, and nothing elsewhere."""
    from training_modules.exporting.export import untold

    if not sys.stderr.isatty():
        yield untold
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from foundation.wording import say

    columns = (BarColumn(20), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(sheet: str, done: int, of: int) -> None:
            said = say("outcomes.export.progress", language, sheet=sheet, done=f"{done:,}")
            bar.update(task, description=said, completed=done, total=of)

        yield tell
