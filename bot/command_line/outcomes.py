"""`libcoach outcomes`: what was learnt, as files, as a report, as statements for a store."""

from typing import Final

import click

from bot.command_line.lazy import Lazy

_COMMANDS: Final = {
    "export": ("bot.command_line.outcomes_export", "export", "Write the outcome log to a file."),
    "report": ("bot.command_line.outcomes_report", "report", "Tell the indicators to a board."),
    "rehearse": ("bot.command_line.outcomes_rehearse", "rehearse", "Simulate people elsewhere."),
    "send": ("bot.command_line.outcomes_send", "send", "Send to a learning record store."),
    "correct": ("bot.command_line.outcomes_correct", "correct", "Take an event back."),
}


@click.group(cls=Lazy, table=_COMMANDS)
def outcomes() -> None:
    """Export, report or send what the outcome log holds."""
