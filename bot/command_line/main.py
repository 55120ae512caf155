"""The `libcoach` command: its groups, how errors are shown, what an exit status means."""

import sys
from typing import Final

import click

from bot.command_line.lazy import Lazy

# A command is imported when it is called: `libcoach --help` must not wait for the others.
_COMMANDS: Final = {
    "run": ("bot.command_line.running", "run", "Start everything that is configured."),
    "chat": ("bot.command_line.running", "chat", "Chat with the assistant in the terminal."),
    "ask": ("bot.command_line.asking", "ask", "Answer a question out of the documents."),
    "search": ("bot.command_line.asking", "search", "Find passages by words."),
    "documents": ("bot.command_line.documents", "documents", "Add, list, show, remove, check."),
    "schedule": ("bot.command_line.schedule", "schedule", "See what is due, keep house."),
    "outcomes": ("bot.command_line.outcomes", "outcomes", "Export, report or send outcomes."),
    "modules": ("bot.command_line.modules", "modules", "See, check, write and exchange modules."),
    "evaluate": ("bot.command_line.evaluating", "evaluate", "Score answers to a question file."),
    "doctor": ("bot.command_line.doctor", "doctor", "Say what works and what does not."),
}


@click.group(cls=Lazy, table=_COMMANDS, invoke_without_command=True)
@click.version_option(package_name="libcoach", message="LibCoach %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
@click.pass_context
def libcoach(ctx: click.Context, *, debug: bool) -> None:
    """LibCoach 馆员伴学: answers out of your library's documents, each sentence with its place.

    Without a command it starts everything that is configured (`libcoach run`).
    """
    ctx.obj = {"debug": debug}
    if ctx.invoked_subcommand is None:
        from bot.command_line.running import run

        ctx.invoke(run)


def main() -> None:
    """Run the command line; an error becomes one sentence and an exit status."""
    from bot.command_line.edge import language_set, shown_once
    from bot.command_line.speaking import in_language

    sys.exit(shown_once(in_language(libcoach, language_set())))
