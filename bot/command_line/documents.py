"""`libcoach documents`: add, list, show, remove, check."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bot.command_line.printing import print_json


class _Day(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError:
            self.fail(f"{value!r} is no date; write it as 2025-12-31", param, ctx)


@click.group()
def documents() -> None:
    """Add documents to the library, see how they were understood, remove and check them."""


_as_json = click.option("--json", "as_json", is_flag=True, help="JSON for programs.")


@documents.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--id", "document", metavar="ID", help="Its id; by default made of the file name.")
@click.option("--title", help="Its title; by default the one that the text gives.")
@click.option("--publisher", help="Who published it.")
@click.option("--published-on", type=_Day(), metavar="DATE", help="When, as 2025-12-31.")
@click.option("--valid-from", type=_Day(), metavar="DATE", help="In force from this day.")
@click.option("--valid-until", type=_Day(), metavar="DATE", help="In force until this day.")
@click.option("--replaces", multiple=True, metavar="ID", help="The document that it supersedes.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON line a file, as soon as it is done."
)
def add(*, paths: tuple[Path, ...], as_json: bool, **said: Any) -> None:
    """Add files and folders (searched deeply).

    The same bytes again change nothing; a changed file under the same id becomes its next version.

    \b
    Examples:
      libcoach documents add plans/
      libcoach documents add plan.pdf --valid-from 2026-01-01 --replaces plan-2021
    """
    from bot.command_line.adding_files import add_files, wanted_from

    wanted = wanted_from(said)
    if not add_files(paths, wanted, as_json=as_json):
        raise click.exceptions.Exit(1)


@documents.command("list")
@click.option("--all", "with_removed", is_flag=True, help="Also those that were removed.")
@_as_json
def list_(*, with_removed: bool, as_json: bool) -> None:
    """List the documents: id, title, status, version, passages, dates."""
    from bot.command_line.listing import show_list
    from bot.wiring import open_app
    from knowledge.catalogue import list_documents

    app = open_app()
    with app.sessions() as session:
        found = list_documents(session, app.today(), with_removed=with_removed)
    if as_json:
        print_json([record.as_json() for record in found])
    else:
        show_list(found, app.settings.language)


@documents.command()
@click.argument("document", metavar="ID")
@click.option("--version", type=click.IntRange(1), help="An earlier version.")
@click.option("--full", is_flag=True, help="All of the text.")
@_as_json
def show(*, document: str, version: int | None, full: bool, as_json: bool) -> None:
    """Show how document ID was understood: headings, tables, notes, warnings."""
    from bot.command_line.tree import tree_as_json, tree_as_text
    from bot.wiring import open_app
    from foundation.errors import UnknownDocument
    from knowledge.catalogue import get_document, list_versions, load_reading

    app = open_app()
    with app.sessions() as session:
        record = get_document(session, document, app.today())
        versions = list_versions(session, document)
        number = version or record.version
        chosen = next((v for v in versions if v.number == number), None)
        if chosen is None:
            raise UnknownDocument(
                f"“{document}” has no version {number}, only 1 to {len(versions)}."
            )
        reading = load_reading(session, chosen.key)
    if as_json:
        print_json(tree_as_json(record, versions, chosen, reading, full=full))
    else:
        text = tree_as_text(record, versions, reading, app.settings.language, full=full)
        click.echo(text)


@documents.command()
@click.argument("document", metavar="ID")
@_as_json
def remove(*, document: str, as_json: bool) -> None:
    """Take document ID out of answers at once; its record is kept."""
    from bot.command_line.listing import show_removed
    from bot.wiring import open_app
    from foundation.errors import IndexUnavailable
    from knowledge.catalogue import get_document, remove_document, superseded_by
    from knowledge.standing import take_turn

    app = open_app()
    with app.sessions.begin() as session:
        take_turn(session)
        before = superseded_by(session, document)
        key = remove_document(session, document, app.clock())
        record = get_document(session, document, app.today())
    try:
        app.index.remove([key])
    except IndexUnavailable as error:
        click.echo(str(error), err=True)
    if as_json:
        print_json({**record.as_json(), "stands_again": before})
    else:
        show_removed(record, before, app.settings.language)


@documents.command()
@click.argument("document", metavar="ID")
@click.option("--begin", "what", flag_value="begin", help="Write a card a section to fill in.")
@click.option("--draft", "what", flag_value="draft", help="Let the language model draft them.")
@click.option("--accept", "what", flag_value="accept", help="Let the drafts with questions count.")
@_as_json
def cards(*, document: str, what: str | None, as_json: bool) -> None:
    """Show or work on the questions that document ID is known to answer.

    They are kept in a file under the home, which people may edit; drafts count for nothing until
    somebody accepts them.
    """
    from bot.command_line.cards import work_on_cards

    if not work_on_cards(document, what or "", as_json=as_json):
        raise click.exceptions.Exit(1)


@documents.command()
@_as_json
def check(*, as_json: bool) -> None:
    """Compare the index with the catalogue, and mend the index."""
    from bot.command_line.mending import check_documents

    if not check_documents(as_json=as_json):
        raise click.exceptions.Exit(1)
