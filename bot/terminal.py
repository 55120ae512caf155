"""The terminal as a channel: lines in, replies out; the same conversation as everywhere."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import click

from bot.assistant import Assistant
from bot.speech import Address, Button, IncomingFile, Message, Reply, Span, Style
from foundation.wording import say

CHANNEL: Final = "terminal"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_QUIT: Final = frozenset({"/quit", "/exit", "/q"})


@dataclass
class Terminal:
    """One person at a terminal; a button is pressed by writing its letter or its number."""

    assistant: Assistant
    name: str
    keys: dict[str, Button] = field(default_factory=dict)

    def hear(self, line: str) -> Iterator[str]:
        """What is printed for a line."""
        if self._is_no_choice(line.strip().casefold()):
            language = self.assistant.training.people.meet(CHANNEL, self.name).language
            yield say("terminal.no_choice", language, choices=" · ".join(self.keys))
            return
        for reply in self.assistant.hear(self._message(line.strip())):
            if reply.buttons and not reply.aside:
                self.keys = keys_of(reply)
            yield as_lines(reply, {} if reply.aside else keys_of(reply))

    def _is_no_choice(self, line: str) -> bool:
        """A letter by itself, where other letters are offered."""
        return len(line) == 1 and line in _LETTERS and bool(self.keys) and line not in self.keys

    def _message(self, line: str) -> Message:
        address, now = Address(CHANNEL, self.name), self.assistant.app.clock()
        pressed = self.keys.pop(line.casefold(), None)
        if pressed is not None:
            return Message(address, now, action=pressed.action, name=self.name)
        if line.startswith("/add "):
            path = Path(line[5:].strip()).expanduser()
            if path.is_file():
                size = path.stat().st_size
                sent = IncomingFile(path.name, size, path.read_bytes)
                return Message(address, now, file=sent, name=self.name)
        return Message(address, now, text=line, name=self.name)


def keys_of(reply: Reply) -> dict[str, Button]:
    """A short label is its own key; the others get letters in their order."""
    buttons = [button for row in reply.buttons for button in row]
    keys: dict[str, Button] = {}
    rest: list[Button] = []
    for button in buttons:
        label = _short(button)
        if label.isascii() and label.isalnum() and len(label) <= 2:
            keys[label] = button
        else:
            rest.append(button)
    free = [letter for letter in _LETTERS if letter not in keys]
    return keys | dict(zip(free, rest, strict=False))


def _short(button: Button) -> str:
    return button.label.removeprefix("✓ ").casefold()


def as_lines(reply: Reply, keys: dict[str, Button]) -> str:
    lines = ["".join(_plain(span) for span in reply.text) or reply.notice]
    lines += [f"→ {path}" for path in reply.files]
    lettered = [f"({key}) {b.label}" for key, b in keys.items() if _short(b) != key]
    named = [b.label for key, b in keys.items() if _short(b) == key]
    if named:
        lines.append("  " + " · ".join(named))
    if lettered:
        lines.append("  " + "   ".join(lettered))
    return "\n".join(lines)


def _plain(span: Span) -> str:
    if span.style is Style.QUOTE:
        return f"    “{span.text}”"
    return span.text


def talk(assistant: Assistant, *, name: str) -> None:
    """Read lines until the end of input or /quit, and answer each."""
    language = assistant.app.settings.language
    interactive = sys.stdin.isatty()
    terminal = Terminal(assistant, name)
    if interactive:
        click.echo(say("terminal.welcome", language))
    for line in _lines(say("terminal.prompt", language) if interactive else ""):
        if line.strip() in _QUIT:
            break
        if line.strip():
            for said in terminal.hear(line):
                click.echo(said)
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
