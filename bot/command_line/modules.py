"""`libcoach modules`: list, show, check, new, approve, draft, import, export."""

from pathlib import Path
from typing import Final

import click

_FILE: Final = click.Path(path_type=Path)


@click.group()
def modules() -> None:
    """See the training modules, check them, begin new ones, approve, exchange."""


_as_json = click.option("--json", "as_json", is_flag=True, help="JSON for programs.")
_folder = click.option(
    "--folder", type=_FILE, help="Where to write; by default the modules of this home."
)


@modules.command("list")
@click.option("--track", metavar="ID", help="Only those of this track.")
@_as_json
def list_(*, track: str | None, as_json: bool) -> None:
    """List the modules: track, title, status, version, minutes, items."""
    from bot.command_line.modules_showing import show_list

    show_list(track, as_json=as_json)


@modules.command()
@click.argument("module", metavar="ID")
@_as_json
def show(*, module: str, as_json: bool) -> None:
    """Show module ID as it stands: its status, its approvals, its text."""
    from bot.command_line.modules_showing import show_one

    show_one(module, as_json=as_json)


@modules.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@_as_json
def check(*, paths: tuple[Path, ...], as_json: bool) -> None:
    """Check module files and folders; without PATHS, all there are.

    Every fault is told with its file, its line and its cure. Quotes are held against the documents
    of the library.
    """
    from bot.command_line.modules_checking import check_modules

    if not check_modules(paths, as_json=as_json):
        raise click.exceptions.Exit(1)


@modules.command()
@click.argument("module", metavar="ID")
@click.option("--track", required=True, metavar="ID", help="The track that it belongs to.")
@_folder
@_as_json
def new(*, module: str, track: str, folder: Path | None, as_json: bool) -> None:
    """Begin module ID: a draft to fill in, listed in its track."""
    from bot.command_line.modules_writing import begin_module

    begin_module(module, track, folder, as_json=as_json)


@modules.command()
@click.argument("module", metavar="ID")
@click.option("--by", required=True, metavar="NAME", help="Who approves.")
@click.option("--role", default="content", show_default=True, help="What was looked at.")
@_as_json
def approve(*, module: str, by: str, role: str, as_json: bool) -> None:
    """Approve module ID as it is now; two different people must.

    The approval is written into the module's file and holds for these very words: whoever changes
    them afterwards, the module waits for two approvals again.
    """
    from bot.command_line.modules_writing import approve_module

    approve_module(module, by, role, as_json=as_json)
