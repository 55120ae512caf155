import re
import unicodedata
from collections.abc import Iterator

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command_line.main import libcoach
from bot.command_line.speaking import in_language
from foundation.wording import keys, say
from tests.commands import Home

HAN = re.compile(r"[\u4e00-\u9fff]")


def _contexts(language: str, width: int = 80) -> Iterator[click.Context]:
    command = in_language(libcoach, language)
    yield from _below(command.context_class(command, info_name="libcoach", terminal_width=width))


def _below(context: click.Context) -> Iterator[click.Context]:
    yield context
    command = context.command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _below(
                inner.context_class(
                    inner, context, info_name=name, terminal_width=context.terminal_width
                )
            )


def _cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


@pytest.mark.parametrize("context", list(_contexts("zh")), ids=lambda c: c.command_path)
def test_every_line_of_help_is_chinese_and_fits_the_terminal(context: click.Context) -> None:
    command = context.command
    assert HAN.search(command.help or "")
    for option in command.params:
        if isinstance(option, click.Option):
            assert not option.help or HAN.search(option.help), option.name

    said = context.get_help()

    assert said.startswith("用法：")
    for english in ("Usage", "Options:", "Commands:", "OPTIONS", "[required]", "default:", "Show"):
        assert english not in said
    assert max(map(_cells, said.splitlines())) <= 80


def test_every_sentence_of_help_that_is_written_is_said_somewhere() -> None:
    said = " ".join(" ".join(context.get_help().split()) for context in _contexts("en", 200))

    for key in keys("manual"):
        if not key.startswith("manual.word."):
            english = " ".join(say(key, "en").split())
            assert english in said, key


def test_the_command_itself_stays_as_it_is() -> None:
    before = libcoach.help

    in_language(libcoach, "zh")

    assert libcoach.help == before
    assert "Usage" in libcoach.get_help(click.Context(libcoach))


@given(st.text(alphabet="图书馆的，。“”（）abc --id=1 \n", max_size=200), st.integers(30, 100))
def test_nothing_is_lost_where_lines_break(text: str, width: int) -> None:
    command = in_language(click.Command("told", help=text), "zh")
    context = command.context_class(command, info_name="told", terminal_width=width)

    said = context.get_help()

    for letter in "图书馆“（":
        shown = said.removeprefix("用法：").count(letter)
        assert shown == text.count(letter)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("ask", "--frob"), "出错：没有选项 --frob。"),
        (("frob",), "出错：没有命令 frob。"),
        (("documents", "lst"), "出错：没有命令 lst。您想写的是 list 吗？"),
        (("documents", "show"), "出错：少了参数 ID。"),
        (("documents", "add", "--id"), "出错：选项 --id 后面要写内容。"),
        (("documents", "add", "x", "--valid-from", "x"), "'x' 不是日期；请写成 2025-12-31 这样。"),
        (("ask", "--json=3"), "出错：选项 --json 后面不带内容。"),
        (("ask", "a", "b", "c"), "出错：多出来的参数：b c。"),
        (("ask",), "出错：请写一个问题，或用 --batch 指一个文件。"),
        (("schedule", "list", "--most", "0"), "出错：--most 的内容不对：0 不在 x>=1 之内。"),
        (("schedule", "list", "--most", "x"), "出错：--most 的内容不对：'x' 不是整数。"),
        (("schedule", "list", "--day", "x"), "'x' 不是日期；请写成 2025-12-31 这样。"),
        (("schedule", "list", "--state", "x"), "'x' 不在可选之列：'due', "),
        (("modules", "check", "nowhere"), "没有 'nowhere' 这个文件或文件夹。"),
        (("evaluate", "nowhere"), "没有 'nowhere' 这个文件。"),
        (("outcomes", "export", "--out", "x"), "出错：少了选项 --format。可选："),
        (("outcomes", "report", "--out", "x.pdf"), "出错：--out 要以 .html 或 .xlsx 结尾。"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_in_chinese(home: Home, line: tuple[str, ...], said: str) -> None:
    home.settings["LIBCOACH_LANGUAGE"] = "zh"

    ran = home.run(*line)

    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert "Error" not in ran.err


def test_a_group_without_a_command_shows_its_help(home: Home) -> None:
    home.settings["LIBCOACH_LANGUAGE"] = "zh"

    ran = home.run("documents")

    assert ran.status == 2
    assert ran.err.startswith("用法：libcoach documents")
