"""The menu of commands: for each role and language, and one of their own for administrators."""

import asyncio
from collections.abc import Sequence
from typing import Final

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.speech import Address, Message
from bot.telegram.port import Standing, StandingOf
from bot.telegram.receiving import CHANNEL
from bot.telegram.workers import Workers
from foundation import logs
from foundation.settings import LANGUAGES
from foundation.wording import say

EVERYONE: Final = (
    "start", "help", "ask", "join", "today", "progress", "settings", "pause", "resume", "mydata",
    "forget", "language", "cancel",
)  # fmt: skip
_READERS: Final = ("ask", "join", "help", "language", "mydata", "forget", "cancel")
_TRAINEES: Final = (
    "today", "ask", "progress", "settings", "pause", "resume", "help", "language", "mydata",
    "forget", "cancel",
)  # fmt: skip
_ADMINISTRATORS: Final = (
    "documents",
    "gaps",
    "trainees",
    "modules",
    "export",
    "report",
    "admins",
)
_IN_GROUPS: Final = ("ask", "help")
COMMANDS: Final = frozenset(EVERYONE + _ADMINISTRATORS)
_MOST_KNOWN: Final = 20_000


def commands_of(role: str) -> Sequence[str]:
    if role == "administrator":
        return (*_ADMINISTRATORS, *_TRAINEES[:4], "join", *_TRAINEES[6:])
    return _TRAINEES if role == "trainee" else _READERS


def _in(language: str, names: Sequence[str]) -> list[BotCommand]:
    return [BotCommand(name, say(f"telegram.command.{name}", language)) for name in names]


class Menu:
    """Sets menus; that one cannot be set is written down and no trouble."""

    def __init__(self, bot: Bot, language: str, standing_of: StandingOf | None) -> None:
        self._bot = bot
        self._language = language
        self._standing_of = standing_of
        self._loop = asyncio.get_running_loop()
        self._shown: dict[str, Standing] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def set_up(self, administrators: Sequence[int]) -> None:
        """What everybody sees; called once at the start."""
        scopes = (
            (BotCommandScopeDefault(), _READERS),
            (BotCommandScopeAllPrivateChats(), _READERS),
            (BotCommandScopeAllGroupChats(), _IN_GROUPS),
        )
        for scope, names in scopes:
            for code in ("", *LANGUAGES):
                commands = _in(code or self._language, names)
                await _try(self._bot.set_my_commands(commands, scope, code or None))
        for code in ("", *LANGUAGES):
            language, given = code or self._language, code or None
            about = say("telegram.bot.about", language)
            description = say("telegram.bot.description", language)
            await _try(self._bot.set_my_short_description(about, given))
            await _try(self._bot.set_my_description(description, given))
        for administrator in administrators:
            await self._show(str(administrator), Standing("administrator", self._language))

    def follow(self, message: Message, workers: Workers) -> None:
        """After a command or a tap: somebody may have another role or language now."""
        if not message.chat and (message.action or message.text.startswith("/")):
            self.look_at(message.address, workers)

    def look_at(self, address: Address, workers: Workers) -> None:
        standing_of = self._standing_of
        if standing_of is None:
            return

        def look() -> None:
            standing = standing_of(address)
            if standing is not None and self._shown.get(address.id) != standing:
                self._loop.call_soon_threadsafe(self._begin, address, standing)

        workers.do(look)

    def _begin(self, address: Address, standing: Standing) -> None:
        if address.channel == CHANNEL:
            task = self._loop.create_task(self._show(address.id, standing))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _show(self, person: str, standing: Standing) -> None:
        if len(self._shown) >= _MOST_KNOWN:
            self._shown.clear()
        self._shown[person] = standing
        commands = _in(standing.language, commands_of(standing.role))
        await _try(self._bot.set_my_commands(commands, BotCommandScopeChat(int(person))))


async def _try(call: object) -> None:
    try:
        await call  # type: ignore[misc]
    except TelegramError as error:
        logs.failed("menu not set", error)
