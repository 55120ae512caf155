"""The parts of documents that the program itself can write: `make docs` writes them anew."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import partial
from typing import Any, Final

import click

from bot.command_line.main import libcoach
from bot.command_line.speaking import in_language
from foundation.errors import ConfigurationError
from foundation.settings import CHECKOUT, Settings, read_settings, variable
from tests.transcripts import ROOT

_PART: Final = re.compile(r"(<!-- made by `make docs` -->\n).*?(<!-- until here -->)", re.S)
_WIDTH: Final = 90
_MEANINGS: Final = {
    "home": "folder for database, index, uploads, logs and exports",
    "telegram_token": "token of the bot; without one, the chat opens in the terminal",
    "telegram_api_url": "base of the Bot API, for an own Bot API server",
    "webhook_url": "public address for a webhook, instead of polling",
    "webhook_secret": "secret that Telegram sends along with every call of the webhook",
    "webhook_listen": "where the webhook listens",
    "admins": "Telegram ids of the first administrators",
    "database_url": "another database",
    "chroma_url": "a Chroma server, instead of the one within the home",
    "embedding_model": "another embedding model: a sentence-transformers name or folder",
    "reranker_model": "a cross-encoder for the last ordering: a name or folder",
    "llm_base_url": "a chat endpoint that speaks OpenAI's protocol",
    "llm_model": "the model's name at that endpoint",
    "llm_api_key": "the key for that endpoint",
    "lrs_url": "a learning record store for the outcomes; they go to `<address>/statements`",
    "lrs_key": "the key (user name) for that store",
    "lrs_secret": "the secret (password) that goes with the key",
    "timezone": "time zone of new people",
    "language": "language of new people",
}


def written(name: str, kept: str) -> str:
    """A document with its generated part as it should be now."""
    part = GENERATED[name]()
    new, count = _PART.subn(lambda found: f"{found[1]}\n{part}\n\n{found[2]}", kept)
    if count != 1:
        raise ValueError(f"{name} must have one part between the marks, and has {count}")
    return new


def _commands(language: str) -> str:
    command = in_language(libcoach, language)
    context = command.context_class(command, info_name="libcoach", terminal_width=_WIDTH)
    return "\n\n".join(_helps(context))


def _helps(context: click.Context) -> Iterator[str]:
    """The help of a command, then that of every command below it."""
    yield f"## {context.command_path}\n\n```text\n{context.get_help()}\n```"
    command = context.command
    if not isinstance(command, click.Group):
        return
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        if below is not None and not below.hidden:
            inner = below.context_class(below, context, info_name=name, terminal_width=_WIDTH)
            yield from _helps(inner)


def _settings() -> str:
    """One line a setting: name and default from the code, the form from the code's own hints."""
    defaults = Settings()
    hints = _hints()
    lines = ["| variable | meaning | form | default |", "|---|---|---|---|"]
    for field in fields(Settings):
        name = variable(field.name)
        default = _shown(getattr(defaults, field.name))
        form = hints.get(name, "").replace("|", "\\|")
        lines.append(f"| `{name}` | {_MEANINGS[field.name]} | {form} | {default} |")
    return "\n".join(lines)


def _hints() -> dict[str, str]:
    nonsense = {variable(field.name): "?" for field in fields(Settings)}
    try:
        read_settings(nonsense)
    except ConfigurationError as error:
        found = re.findall(r"- (\w+)(?: = '\?')?: (.*)", str(error))
        return {name: hint.removeprefix("write ") for name, hint in found}
    raise AssertionError("nonsense was taken for settings")


def _shown(value: Any) -> str:
    if value in (None, ()):
        return "–"
    return f"`{str(value).replace(str(CHECKOUT) + '/', '')}`"


GENERATED: Final[dict[str, Callable[[], str]]] = {
    "docs/commands.md": partial(_commands, "en"),
    "docs/commands.zh.md": partial(_commands, "zh"),
    "docs/operating.md": _settings,
}

if __name__ == "__main__":
    for name in GENERATED:
        path = ROOT / name
        path.write_text(written(name, path.read_text("utf-8")), "utf-8")
