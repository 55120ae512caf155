"""A group of commands that imports only the one that is called: none waits for the others."""

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import click


class Lazy(click.Group):
    """`table` names, for each command, its module, its object there, and what it is for."""

    def __init__(self, *given: Any, table: Mapping[str, tuple[str, str, str]], **named: Any):
        super().__init__(*given, **named)
        self.table = table
        self.told: Callable[[click.Command], click.Command] = lambda command: command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        place = self.table.get(cmd_name)
        if place is None:
            return None
        return self.told(getattr(importlib.import_module(place[0]), place[1]))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, place[2]) for name, place in self.table.items()])
