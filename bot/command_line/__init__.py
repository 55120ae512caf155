"""The command line: `libcoach` and its commands, each thin; heavy parts load when they are used."""

from bot.command_line.main import main

__all__ = ["main"]
