"""Records: the outcome log as files, and the report a board can read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.chat.rich import rich
from bot.chat.turn import Command, Turn
from bot.speech import Button, Reply, text
from training_modules.auditing import note

_FORMATS: Final = {"xlsx": "xlsx", "csv": "zip", "jsonl": "jsonl", "xapi": "json"}
_REPORTS: Final = ("html", "xlsx")
_SLOT: Final = "records"


def export(turn: Turn, _rest: str) -> Iterator[Reply]:
    buttons = tuple(Button(_called(form), f"a.rec.export.{form}") for form in _FORMATS)
    yield turn.reply(rich(turn.words("records.which")), (buttons,))


def report(turn: Turn, _rest: str) -> Iterator[Reply]:
    """For everybody, or for one cohort."""
    kinds = tuple(Button(kind.upper(), f"a.rec.report.{kind}") for kind in _REPORTS)
    cohorts = turn.training.enrolling.cohorts()
    rows = tuple((Button(c.name[:40], f"a.rec.report.html.{n}"),) for n, c in enumerate(cohorts))
    yield turn.reply(rich(turn.words("records.report")), (kinds, *rows))


def _called(form: str) -> str:
    return "xAPI" if form == "xapi" else form.upper()


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    what, _, after = rest.partition(".")
    form, _, number = after.partition(".")
    if what == "export" and form in _FORMATS:
        yield from _exported(turn, form)
    elif what == "report" and form in _REPORTS:
        cohorts = turn.training.enrolling.cohorts()
        chosen = int(number) if number.isdecimal() else len(cohorts)
        yield from _reported(turn, form, cohorts[chosen].name if chosen < len(cohorts) else None)


def _exported(turn: Turn, form: str) -> Iterator[Reply]:
    from training_modules.exporting.export import Format, Wanted
    from training_modules.exporting.export import export as write

    yield Reply(text(turn.words("records.writing")), slot=_SLOT, replaces=True)
    app, path = turn.app, _path(turn, "outcomes", _FORMATS[form])
    wanted = Wanted(
        Format(form), path, app.clock(), app.settings.timezone,
        modules=turn.training.shelf.modules(),
    )  # fmt: skip
    done = write(app.sessions, wanted)
    note(app.sessions, app.clock, turn.person.id, "export", path.name, done.total)
    rows = done.rows.get("statements", done.rows.get("responses", 0))
    yield Reply(text(turn.words("records.done", rows=rows)), files=(path,), slot=_SLOT)


def _reported(turn: Turn, form: str, cohort: str | None) -> Iterator[Reply]:
    from training_modules.reporting.compiling import compile_report
    from training_modules.reporting.page import as_html
    from training_modules.reporting.workbook import write_workbook

    yield Reply(text(turn.words("records.writing")), slot=_SLOT, replaces=True)
    app, path = turn.app, _path(turn, "report", form)
    with app.sessions() as session:
        made = compile_report(
            session, cohort=cohort, language=turn.language, made_on=app.today(),
            zone=app.settings.timezone, modules=turn.training.shelf.modules(),
            gaps=app.receipts.gaps(),
        )  # fmt: skip
    if form == "html":
        path.write_text(as_html(made), "utf-8")
    else:
        write_workbook(made, path)
    note(app.sessions, app.clock, turn.person.id, "report", cohort or "")
    yield Reply(rich(made.headline), files=(path,), slot=_SLOT)


def _path(turn: Turn, name: str, ending: str) -> Path:
    folder = turn.app.settings.home / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"libcoach-{name}-{turn.app.clock():%Y%m%dT%H%M%SZ}.{ending}"


COMMANDS: Final = (
    Command("export", export, ("导出",), for_admins=True),
    Command("report", report, ("报告",), for_admins=True),
)
