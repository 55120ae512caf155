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


_language = click.option(
    "--language", type=click.Choice(["zh", "en"]), help="The language of the file."
)


@modules.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--track", required=True, metavar="ID", help="The track that the drafts belong to.")
@_language
@_folder
@_as_json
def import_(
    *, file: Path, track: str, language: str | None, folder: Path | None, as_json: bool
) -> None:
    """Make drafts of the questions in FILE, which is GIFT or Moodle XML.

    Each category becomes a draft to complete; what could not be taken along is told.
    """
    from bot.command_line.modules_exchanging import import_file

    import_file(file, track, language, folder, as_json=as_json)


@modules.command()
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option(
    "--format", "form", required=True, type=click.Choice(["gift", "moodle-xml"]),
    help="Moodle XML holds both languages at once, GIFT one.",
)  # fmt: skip
@click.option("--out", required=True, type=_FILE, metavar="FILE", help="The file to write.")
@click.option("--track", metavar="ID", help="Only the modules of this track.")
@_language
@_as_json
def export(
    *, names: tuple[str, ...], form: str, out: Path, track: str | None, language: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Write the items of modules as a question bank; without IDs, of all."""
    from bot.command_line.modules_exchanging import export_file

    export_file(names, form, out, track, language, as_json=as_json)


@modules.command()
@click.argument("document", metavar="DOCUMENT")
@click.argument("section", metavar="SECTION")
@click.option("--id", "module", required=True, metavar="ID", help="The id of the new module.")
@click.option("--track", required=True, metavar="ID", help="The track that it belongs to.")
@_folder
@_as_json
def draft(
    *, document: str, section: str, module: str, track: str, folder: Path | None, as_json: bool
) -> None:
    """Let the language model draft a module out of a SECTION of DOCUMENT.

    Cards and items whose quote does not stand in the section are left out. It stays a draft until
    two people have approved it.
    """
    from bot.command_line.modules_drafting import draft_module

    draft_module(document, section, module, track, folder, as_json=as_json)
