"""`libcoach documents add`: files in, outcomes out, with the progress where somebody watches."""

import itertools
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from bot.command_line.listing import show_outcomes
from bot.command_line.printing import print_json
from bot.command_line.watching import Watched, watching
from bot.wiring import App, open_app
from foundation.errors import UnreadableDocument
from foundation.wording import say
from knowledge.adding import Adding
from knowledge.gathering import Found, Refused, gather
from knowledge.offer import Offered, Outcome, Wanted
from knowledge.reading import ReadingPool
from knowledge.record import Facts

_LONGEST_ID: Final = 100
# Reading is what takes long; writing waits for one file at a time anyway.
_MOST_READERS: Final = 2


def wanted_from(said: Mapping[str, Any]) -> Wanted:
    """What the options say; what cannot be meant is wrong usage."""
    document, start, end = said["document"], said["valid_from"], said["valid_until"]
    if document is not None and not re.fullmatch(r"\w[\w.-]*", document):
        raise click.UsageError("--id takes letters, digits, hyphens, dots and underscores")
    if document is not None and len(document) > _LONGEST_ID:
        raise click.UsageError(f"--id takes {_LONGEST_ID} characters at most")
    if start and end and start > end:
        raise click.UsageError("--valid-until must not be before --valid-from")
    if said["title"] is not None and not said["title"].strip():
        raise click.UsageError("--title must not be empty")
    if document is not None and document in said["replaces"]:
        raise click.UsageError("a document cannot replace itself")
    facts = Facts(
        title=said["title"], publisher=said["publisher"], published_on=said["published_on"],
        valid_from=start, valid_until=end,
    )  # fmt: skip
    return Wanted(document, facts, tuple(dict.fromkeys(said["replaces"])))


def add_files(paths: Sequence[Path], wanted: Wanted, *, as_json: bool) -> bool:
    """Add them all; answers whether none was refused."""
    files = iter(gather(paths))
    if wanted.document or wanted.facts.title or wanted.replaces:
        first = list(itertools.islice(files, 2))
        if len(first) > 1:
            raise click.UsageError("--id, --title and --replaces are for one file at a time")
        files = itertools.chain(first, files)
    app = open_app()
    outcomes: list[Outcome] = []
    try:
        with watching(app.settings.language, paths) as watched:
            for outcome in _results(app, wanted, files, watched):
                outcomes.append(outcome)
                watched.done(outcome)
                if as_json:
                    print_json(outcome.as_json())
    except KeyboardInterrupt:
        click.echo(
            say("documents.add.stopped", app.settings.language, files=len(outcomes)), err=True
        )
        return False
    if not as_json:
        show_outcomes(outcomes, app.settings.language)
    return not Counter(outcome.status for outcome in outcomes)["refused"]


def _results(
    app: App, wanted: Wanted, files: Iterable[Found | Refused], watched: Watched
) -> Iterator[Outcome]:
    readers = min(_MOST_READERS, os.cpu_count() or 1)
    with ReadingPool(workers=readers) as pool:

        def read(name: str, data: bytes) -> Any:
            watched.reading(name)
            return pool.read(name, data)

        adding = Adding(app.sessions, app.index, read, app.clock, wanted, readers)
        yield from adding.results(_offered(file) for file in files)


def _offered(file: Found | Refused) -> Offered:
    if isinstance(file, Refused):
        return Offered(file.label, file.label, refusal=file.reason)
    try:
        return Offered(file.label, file.name, file.read())
    except UnreadableDocument as error:
        return Offered(file.label, file.name, refusal=str(error))
