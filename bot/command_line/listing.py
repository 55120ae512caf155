"""Tables of documents and of what became of files, for people; Chinese stands in line."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from foundation.telling import told
from foundation.wording import say
from knowledge.offer import Outcome
from knowledge.record import DocumentRecord

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_FEW: Final = 30
_WIDTH_OF_A_FILE: Final = 160


def show_outcomes(outcomes: Sequence[Outcome], language: str) -> None:
    """What became of each file; of many only those that were refused, and the counts."""
    many = len(outcomes) > _FEW
    shown = [o for o in outcomes if o.status == "refused"] if many else outcomes
    if shown:
        _print_table(_outcome_table(shown, language))
    counts = Counter(outcome.status for outcome in outcomes)
    click.echo(
        say(
            "documents.add.counts", language, added=counts["added"], replaced=counts["replaced"],
            unchanged=counts["unchanged"], refused=counts["refused"],
            passages=sum(outcome.passages for outcome in outcomes),
        )
    )  # fmt: skip
    new = [o.id for o in outcomes if o.status in ("added", "replaced")]
    if new and not many:
        click.echo(say("documents.add.show", language, id=new[-1]))


def _outcome_table(outcomes: Sequence[Outcome], language: str) -> "Table":
    table = _table(language, "file", "outcome", "id", "sections", "passages", "tables", "remark")
    for o in outcomes:
        counts = (o.sections, o.passages, o.tables)
        numbers = ["" if o.status == "refused" else str(count) for count in counts]
        remark = "\n".join(told(one, language) for one in ((o.reason,) if o.reason else o.warnings))
        table.add_row(
            o.path, say(f"documents.outcome.{o.status}", language), o.id, *numbers, remark
        )
    return table


def show_list(found: Sequence[DocumentRecord], language: str) -> None:
    """Every document in a line, and how many there are."""
    if not found:
        click.echo(say("documents.list.none", language))
        return
    table = _table(
        language, "id", "title", "status", "version", "passages", "published", "in_force"
    )
    for record in found:
        table.add_row(
            record.id, record.title, say(f"documents.life.{record.status}", language),
            str(record.version), str(record.passages), str(record.published_on or ""),
            period(record),
        )  # fmt: skip
    _print_table(table)
    passages = sum(record.passages for record in found)
    click.echo(say("documents.list.counts", language, documents=len(found), passages=passages))


def period(record: DocumentRecord) -> str:
    """From when until when it is in force; open ends stay open."""
    if not record.valid_from and not record.valid_until:
        return ""
    return f"{record.valid_from or ''} – {record.valid_until or ''}".strip()


def show_removed(record: DocumentRecord, stands_again: Sequence[str], language: str) -> None:
    click.echo(say("documents.remove.done", language, title=record.title, id=record.id))
    if stands_again:
        click.echo(say("documents.remove.restored", language, ids=", ".join(stands_again)))


def _table(language: str, *columns: str) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        is_count = column in ("version", "sections", "passages", "tables", "pages")
        table.add_column(
            say(f"documents.column.{column}", language),
            justify="right" if is_count else "left", overflow="fold",
        )  # fmt: skip
    return table


def _print_table(table: "Table") -> None:
    _console().print(table)


def _console() -> "Console":
    """Plain where nobody watches; titles and file names are never taken for marks."""
    from rich.console import Console

    console = Console(markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH_OF_A_FILE
    return console
