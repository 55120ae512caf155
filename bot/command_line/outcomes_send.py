"""`libcoach outcomes send`: what waits goes to the learning record store."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from bot.command_line.printing import print_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object: sent, refused, waiting.")
def send(*, as_json: bool) -> None:
    """Send what the store does not have yet, as xAPI statements, in batches.

    What cannot be sent now waits for the next call; call it every few minutes.
    """
    from bot.wiring import open_app
    from foundation.errors import StoreUnavailable
    from foundation.wording import say
    from training_modules.lrs import HttpStore
    from training_modules.outbox import Outbox
    from training_modules.shelf import Shelf
    from training_modules.xapi.statement import Statements

    app = open_app()
    settings = app.settings
    if settings.lrs_url is None:
        raise StoreUnavailable("No learning record store is set; write LIBCOACH_LRS_URL.")
    store = HttpStore(settings.lrs_url, settings.lrs_key, settings.lrs_secret)
    statements = Statements(Shelf.open(settings.home / "modules").module)
    with _watched(settings.language) as progress:
        post = Outbox(app.sessions, app.clock, store, statements, progress).send()
    if as_json:
        print_json({"sent": post.sent, "refused": post.refused, "waiting": post.waiting,
                    "problem": post.problem})  # fmt: skip
    else:
        counts = {"sent": post.sent, "refused": post.refused, "waiting": post.waiting}
        click.echo(say("outcomes.sent", settings.language, **counts))
    if post.problem:
        raise StoreUnavailable(
            f"The learning record store takes no more for now ({post.problem}); what is left"
            " waits, send again later."
        )


@contextmanager
def _watched(language: str) -> Iterator[Callable[[int], None]]:
    """A count on a terminal's standard error, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    from foundation.wording import say

    with Console(stderr=True).status("") as status:
        yield lambda done: status.update(say("outcomes.send.progress", language, done=f"{done:,}"))
