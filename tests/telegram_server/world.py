"""What the imitated Telegram holds: people, messages, files, updates, and what took effect."""

import asyncio
import itertools
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any, Final

TOKEN: Final = "123456789:AAEimitated_token_of_nobody_00000000"
BOT_ID: Final = 123456789
USERNAME: Final = "LibCoachTestBot"
_KEPT_MESSAGES: Final = 60_000
_KEPT_TAPS: Final = 10_000


@dataclass
class Chat:
    """A private chat with a person, or a group."""

    id: int
    kind: str = "private"
    title: str = ""
    username: str = ""
    language: str = ""
    is_blocked: bool = False
    is_deactivated: bool = False
    is_unknown: bool = False
    moved_to: int = 0

    def as_json(self) -> dict[str, Any]:
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": self.title}
        return {"id": self.id, "type": self.kind, "title": self.title}

    def as_user(self) -> dict[str, Any]:
        user = {"id": self.id, "is_bot": False, "first_name": self.title}
        if self.language:
            user["language_code"] = self.language
        return user


@dataclass(frozen=True)
class Took:
    """One call that took effect."""

    at: float
    method: str
    values: dict[str, Any]
    result: Any

    @property
    def chat(self) -> int:
        return int(self.values.get("chat_id", 0))


@dataclass(frozen=True)
class Refused:
    """One call that was refused, and how."""

    method: str
    status: int
    description: str


@dataclass
class File:
    id: str
    name: str
    data: bytes
    kind: str = "document"

    @property
    def path(self) -> str:
        return f"{self.kind}s/{self.id}"

    def as_json(self) -> dict[str, Any]:
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.data)}


@dataclass
class World:
    """Everything of one bot's Telegram."""

    chats: dict[int, Chat] = field(default_factory=dict)
    messages: OrderedDict[tuple[int, int], dict[str, Any]] = field(default_factory=OrderedDict)
    files: dict[str, File] = field(default_factory=dict)
    updates: deque[dict[str, Any]] = field(default_factory=deque)
    taps: OrderedDict[str, float] = field(default_factory=OrderedDict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    webhook: dict[str, Any] = field(default_factory=dict)
    took: deque[Took] = field(default_factory=lambda: deque(maxlen=200_000))
    refused: list[Refused] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    numbers: Any = field(default_factory=lambda: itertools.count(1001))
    update_numbers: Any = field(default_factory=lambda: itertools.count(500_001))
    keeps_log: bool = True

    def chat(self, number: int) -> Chat | None:
        return self.chats.get(number)

    def next_message(self) -> int:
        return int(next(self.numbers))

    def keep(self, message: dict[str, Any]) -> dict[str, Any]:
        self.messages[(message["chat"]["id"], message["message_id"])] = message
        if len(self.messages) > _KEPT_MESSAGES:
            self.messages.popitem(last=False)
        return message

    def put(self, kind: str, content: dict[str, Any], number: int | None = None) -> int:
        """An update for the bot; the same number twice is what a bad night brings."""
        number = int(next(self.update_numbers)) if number is None else number
        self.updates.append({"update_id": number, kind: content})
        self.changed.set()
        return number

    def tapped(self, query: str) -> None:
        self.taps[query] = time.time()
        if len(self.taps) > _KEPT_TAPS:
            self.taps.popitem(last=False)

    def file(self, name: str, data: bytes, kind: str = "document") -> File:
        kept = File(f"f{len(self.files) + 1}", name, data, kind)
        self.files[kept.id] = kept
        return kept

    def note(self, method: str, values: dict[str, Any], result: Any) -> None:
        if self.keeps_log:
            self.took.append(Took(time.monotonic(), method, values, result))


def bot_user() -> dict[str, Any]:
    return {"id": BOT_ID, "is_bot": True, "first_name": "LibCoach", "username": USERNAME}


def bot_itself() -> dict[str, Any]:
    return {
        **bot_user(), "can_join_groups": True, "can_read_all_group_messages": False,
        "supports_inline_queries": False, "can_connect_to_business": False,
        "has_main_web_app": False,
    }  # fmt: skip
