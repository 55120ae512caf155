"""The command line in the reader's language: its help, and how Chinese help is laid out."""

import copy
import inspect
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import Final, TypeVar

import click

from bot.command_line.lazy import Lazy
from foundation.wording import keys, say

C = TypeVar("C", bound=click.Command)

# Where a line of Chinese may break: never within a word of letters, nor before a closing mark.
_PIECE: Final = re.compile(r"[“（《]*(?:[!-~]+|.)[，。；：、？！…）”》]*\s*")
# A paragraph with indented lines: click is told by this sign to leave them as they are.
_AS_IT_IS: Final = "\b\n"
_EXAMPLES: Final = re.compile(r"(?m)^(?=\S.*\n  )")
_DEFAULT: Final = re.compile(r"\[default: ([^\];]+)")


def in_language(command: C, language: str) -> C:
    """The same command, with its help and that of all below it in a language."""
    spoken = copy.copy(command)
    spoken.context_class = _CONTEXTS.get(language, click.Context)
    spoken.help = _said(command.help, language)
    spoken.short_help = spoken.help.partition("\n\n")[0].replace("\n", " ")
    spoken.params = [_parameter(given, language) for given in command.params]
    spoken.options_metavar = _said(command.options_metavar, language)
    if isinstance(spoken, click.Group):
        _group(spoken, language)
    return spoken


def _group(spoken: click.Group, language: str) -> None:
    spoken.subcommand_metavar = _said(spoken.subcommand_metavar, language)
    spoken.commands = {
        name: in_language(below, language) for name, below in spoken.commands.items()
    }
    if isinstance(spoken, Lazy):
        spoken.table = {
            name: (module, place, _said(meant, language))
            for name, (module, place, meant) in spoken.table.items()
        }
        spoken.told = partial(in_language, language=language)


def _parameter(given: click.Parameter, language: str) -> click.Parameter:
    if not isinstance(given, click.Option) or not given.help:
        return given
    spoken = copy.copy(given)
    spoken.help = _said(given.help, language)
    return spoken


def _said(text: str | None, language: str) -> str:
    """A text of ours in a language; as it is where there are no other words for it."""
    clean = inspect.cleandoc(text or "").strip().replace(_AS_IT_IS, "")
    return _EXAMPLES.sub(_AS_IT_IS, _sentences(language).get(clean, clean))


@cache
def _sentences(language: str) -> dict[str, str]:
    if language == "en":
        return {}
    return {say(key, "en"): say(key, language) for key in keys("manual")}


class _ChineseFormatter(click.HelpFormatter):
    """Click's own labels in Chinese, and lines that break by the width of what is seen."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(
            prog, args, say("manual.word.usage", "zh") if prefix is None else prefix
        )

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_said(heading, 'zh')}：\n")

    def write_text(self, text: str) -> None:
        width = self.width - self.current_indent
        super().write_text("\n\n".join(_paragraphs(text, width)))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        known = [(term, _meaning(meant)) for term, meant in rows]
        longest = max(len(term) for term, _ in known)
        width = self.width - min(longest, col_max) - col_spacing - 2
        told = [(term, "\n\n".join(_paragraphs(meant, width))) for term, meant in known]
        super().write_dl(told, col_max, col_spacing)


class _ChineseContext(click.Context):
    formatter_class = _ChineseFormatter


_CONTEXTS: Final[dict[str, type[click.Context]]] = {"zh": _ChineseContext}


def _meaning(meant: str) -> str:
    """What click itself says of an option, and what it adds in brackets."""
    said = _said(meant, "zh").replace("[required]", f"[{say('manual.word.required', 'zh')}]")
    return _DEFAULT.sub(lambda found: f"[{say('manual.word.default', 'zh')} {found[1]}", said)


def _paragraphs(text: str, width: int) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        lines = [paragraph.removeprefix(_AS_IT_IS)]
        if not paragraph.startswith(_AS_IT_IS):
            lines = list(_lines(paragraph.replace("\n", ""), width))
        yield _AS_IT_IS + "\n".join(lines)


def _lines(text: str, width: int) -> Iterator[str]:
    line = ""
    for piece in _PIECE.findall(text):
        if line and _cells(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()


def _cells(text: str) -> int:
    """How many columns of a terminal it takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def usage(error: click.UsageError, language: str) -> str:
    """What is wrong with a line of usage, and where its use is explained."""
    from foundation.telling import told

    lines: list[str] = []
    if error.ctx is not None:
        hint = say("usage.hint", language, command=error.ctx.command_path)
        lines = [error.ctx.get_usage(), hint, ""]
    message = told(error.format_message(), language)
    return "\n".join([*lines, say("usage.wrong", language, message=message)])
