from bot.speech import Address
from bot.telegram.menu import COMMANDS, commands_of
from bot.telegram.port import Standing
from foundation.settings import LANGUAGES
from foundation.wording import say
from tests.running_bot import Starting
from tests.telegram_ears import Ears
from tests.telegram_server.server import TelegramServer


def shown(telegram: TelegramServer, where: str) -> list[str] | None:
    commands = telegram.ask(lambda w: w.commands.get(where))
    return None if commands is None else [c["command"] for c in commands]


def test_every_command_has_a_line_in_both_languages() -> None:
    for language in LANGUAGES:
        lines = [say(f"telegram.command.{name}", language) for name in COMMANDS]
        assert all(1 <= len(line) <= 256 for line in lines)


def test_only_administrators_see_administrators_commands() -> None:
    for role in ("reader", "trainee"):
        assert not {"documents", "gaps", "admins", "report"} & set(commands_of(role))
    assert {"documents", "gaps", "admins", "report", "ask"} <= set(commands_of("administrator"))


def test_the_menu_is_set_for_each_language_and_kind_of_chat(
    telegram: TelegramServer, starting: Starting
) -> None:
    telegram.person(4321)
    starting(Ears(), settings={"admins": (4321,)})

    telegram.wait(lambda: shown(telegram, "chat:4321:"))
    for code in ("", "zh", "en"):
        assert "join" in (shown(telegram, f"all_private_chats::{code}") or [])
        assert shown(telegram, f"all_group_chats::{code}") == ["ask", "help"]
    assert "documents" in (shown(telegram, "chat:4321:") or [])
    english = telegram.ask(lambda w: w.commands["default::en"])
    assert english[0] == {"command": "ask", "description": "Ask a question"}


def test_a_menu_follows_the_role(telegram: TelegramServer, starting: Starting) -> None:
    standing = Standing("administrator", "en")
    person = telegram.person()

    def standing_of(_: Address) -> Standing:
        return standing

    starting(Ears(), standing_of)
    person.says("/start")
    telegram.wait(lambda: "admins" in (shown(telegram, "chat:1001:") or []))

    standing = Standing("reader", "zh")
    person.says("/help")
    telegram.wait(lambda: "admins" not in (shown(telegram, "chat:1001:") or ["admins"]))
