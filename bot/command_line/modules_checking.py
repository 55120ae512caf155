"""`libcoach modules check`: every fault, for people with its cure, for programs as JSON lines."""

from collections.abc import Sequence
from pathlib import Path

import click

from bot.command_line.modules_opening import opened
from bot.command_line.printing import print_json
from foundation.wording import say
from training_modules.checking.files import check_files


def check_modules(paths: Sequence[Path], *, as_json: bool) -> bool:
    """Tell every fault; True when there is none."""
    place = opened()
    checked = check_files(paths, place.shelf.folders, place.holds)
    for fault in checked.faults:
        if as_json:
            print_json(fault.as_json(place.language))
        else:
            click.echo(fault.shown(place.language))
    if not as_json:
        key = "faults" if checked.faults else "clean" if checked.modules else "none"
        counts = {"modules": checked.modules, "faults": len(checked.faults)}
        click.echo(say(f"modules.checked.{key}", place.language, **counts))
    return not checked.faults
