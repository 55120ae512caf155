"""Modules for people and programs: all in a table, one as it stands."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import click

from bot.command_line.modules_opening import Opened, opened
from bot.command_line.printing import print_json
from foundation.wording import say
from training_modules.module import Bilingual, Module, Status
from training_modules.writing import as_markdown

_COLUMNS: Final = ("id", "title", "track", "status", "version", "minutes", "items")
_WIDTH_OF_A_FILE: Final = 160


def show_list(track: str | None, *, as_json: bool) -> None:
    place = opened()
    found = [m for m in place.shelf.modules() if track is None or m.track == track]
    if as_json:
        print_json([_short(module, place.status(module)) for module in found])
        return
    if not found:
        click.echo(say("modules.list.none", place.language))
    else:
        _print_table(found, place)
    faulty = len({fault.path for fault in place.shelf.faults()})
    if faulty:
        click.echo(say("modules.list.faulty", place.language, count=faulty))


def _print_table(found: Sequence[Module], place: Opened) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(say(f"modules.column.{column}", place.language), overflow="fold")
    states: Counter[Status] = Counter()
    for module in found:
        status = place.status(module)
        states[status] += 1
        table.add_row(
            module.id, module.title.of(place.language), module.track,
            say(f"modules.status.{status}", place.language), str(module.version),
            str(module.minutes), str(len(module.items)),
        )  # fmt: skip
    console = Console(markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH_OF_A_FILE
    console.print(table)
    ready = states[Status.APPROVED]
    click.echo(say("modules.list.counts", place.language, count=len(found), ready=ready))


def show_one(wanted: str, *, as_json: bool) -> None:
    place = opened()
    module = place.module(wanted)
    status = place.status(module)
    if as_json:
        print_json(_whole(module, status))
        return
    state = say(f"modules.status.{status}", place.language)
    click.echo(say("modules.show.head", place.language, state=state, sha256=module.sha256))
    click.echo(as_markdown(module))


def _short(module: Module, status: Status) -> dict[str, Any]:
    return {
        "id": module.id, "track": module.track, "title": _both(module.title),
        "status": str(status), "version": module.version, "minutes": module.minutes,
        "competencies": list(module.competencies), "ifla_area": module.ifla_area,
        "cards": len(module.cards), "items": len(module.items), "sha256": module.sha256,
        "path": str(module.path) if module.path else None,
    }  # fmt: skip


def _whole(module: Module, status: Status) -> dict[str, Any]:
    return _short(module, status) | {
        "objectives": [_both(one) for one in module.objectives],
        "sources": [
            {"doc": one.doc, "locator": one.locator, "quote": one.quote} for one in module.sources
        ],
        "approvals": [
            {"by": one.by, "role": one.role, "on": one.on.isoformat(), "sha256": one.sha256}
            for one in module.approvals
        ],
        "markdown": as_markdown(module),
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
