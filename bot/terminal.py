"""The terminal as a channel: lines in, replies out; the same conversation as everywhere."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

import click

from bot.conversation import Conversation
from bot.wiring import App
from foundation.wording import say


def talk(app: App, *, name: str, is_admin: bool) -> None:
    """Read lines until the end of input or /quit, and answer each."""
    language = app.settings.language
    interactive = sys.stdin.isatty()
    conversation = Conversation(app, name=name, is_admin=is_admin)
    if interactive:
        click.echo(say("terminal.welcome", language))
    for line in _lines(say("terminal.prompt", language) if interactive else ""):
        if line.strip() in {"/quit", "/exit", "/q"}:
            break
        if line.strip():
            click.echo(conversation.reply(line.strip()))
            click.echo()
    if interactive:
        click.echo(say("terminal.bye", language))


def _lines(prompt: str) -> Iterator[str]:
    if not prompt:
        yield from _decoded(sys.stdin.buffer)
        return
    with suppress(ImportError):
        import readline  # noqa: F401 - gives the prompt a history and editing
    while True:
        try:
            yield input(prompt)
        except (EOFError, KeyboardInterrupt):
            return


def _decoded(raw: Iterable[bytes]) -> Iterator[str]:
    """Lines of a file or pipe, which may hold anything."""
    for line in raw:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")
