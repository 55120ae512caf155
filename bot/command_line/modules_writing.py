"""Commands that write module files: begin a draft, approve what is there."""

from pathlib import Path

import click

from bot.command_line.modules_opening import opened
from bot.command_line.printing import print_json
from foundation.errors import InvalidModule
from foundation.wording import say
from training_modules.beginning import begin
from training_modules.checking.files import check_files
from training_modules.signing import sign_file


def begin_module(name: str, track: str, folder: Path | None, *, as_json: bool) -> None:
    place = opened()
    path = begin(place.shelf, folder or place.own_folder, name, track)
    if as_json:
        print_json({"id": name, "track": track, "path": str(path)})
    else:
        click.echo(say("modules.new.done", place.language, path=path))


def approve_module(name: str, by: str, role: str, *, as_json: bool) -> None:
    """Only what has no fault can be approved."""
    place = opened()
    path = place.module(name).path
    if path is None:
        raise InvalidModule(f"The module {name} has no file to write an approval into.")
    wrong = [
        fault
        for fault in check_files([path], place.shelf.folders, place.holds).faults
        if not fault.rule.startswith("approval.")
    ]
    if wrong:
        raise InvalidModule(
            f"{name} cannot be approved before its faults are mended ({len(wrong)});"
            f" “libcoach modules check {path}” lists them."
        )
    module = sign_file(path, by, role, place.app.today())
    if as_json:
        approvals = [one.by for one in module.approvals]
        print_json({"id": name, "status": str(module.status), "approvals": approvals})
        return
    state = say(f"modules.status.{module.status}", place.language)
    click.echo(say("modules.approve.done", place.language, id=name, state=state))
