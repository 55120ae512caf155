"""People of the imitated Telegram: what they say, tap, send and see."""

import itertools
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.telegram_server.markup import units
from tests.telegram_server.world import USERNAME, World

if TYPE_CHECKING:
    from tests.telegram_server.server import TelegramServer

_TAPS = itertools.count(1)


@dataclass(frozen=True)
class Place:
    """Somewhere that messages stand."""

    server: "TelegramServer"
    id: int

    def seen(self) -> list[dict[str, Any]]:
        """What stands there now, in order."""
        return self.server.ask(
            lambda w: [dict(m) for (chat, _), m in w.messages.items() if chat == self.id]
        )

    def heard(self) -> list[str]:
        """What the bot's messages say now."""
        return [said(m) for m in self.seen() if m["from"]["is_bot"]]

    def last(self) -> dict[str, Any]:
        return [m for m in self.seen() if m["from"]["is_bot"]][-1]

    def wait_for(self, words: str, seconds: float = 15.0) -> dict[str, Any]:
        """The newest message of the bot that holds some words."""

        def found() -> dict[str, Any] | None:
            held = [m for m in self.seen() if m["from"]["is_bot"] and words in said(m)]
            return held[-1] if held else None

        message: dict[str, Any] = self.server.wait(found, seconds)
        return message

    def becomes(self, **values: Any) -> None:
        """Blocked, deactivated, moved …"""
        self.server.ask(lambda w: [setattr(w.chats[self.id], k, v) for k, v in values.items()])


@dataclass(frozen=True)
class Group(Place):
    """A group in which people talk."""

    def moves_to(self, number: int) -> "Group":
        moved = self.server.group(number)
        self.becomes(moved_to=number)
        return moved


@dataclass(frozen=True)
class Person(Place):
    """Somebody in their private chat; `in_group` says things elsewhere."""

    def says(self, text: str, group: Group | None = None, **more: Any) -> int:
        """Send words; answers the update's number. `ago` seconds may have passed since."""
        return self._sends({"text": text, **_entities(text)}, group, **more)

    def edits(self, message: dict[str, Any], text: str) -> int:
        def put(world: World) -> int:
            edited = {**message, "text": text, "edit_date": int(time.time()), **_entities(text)}
            world.keep(edited)
            return world.put("edited_message", edited)

        return self.server.ask(put)

    def sends_file(
        self, name: str, data: bytes, caption: str = "", group: Group | None = None, size: int = 0
    ) -> int:
        kept = self.server.ask(lambda w: w.file(name, data))
        document = {**kept.as_json(), "file_name": name, "mime_type": "application/octet-stream"}
        if size:
            document["file_size"] = size
        return self._sends({"document": document, **_caption(caption)}, group)

    def sends(self, what: dict[str, Any], group: Group | None = None, **more: Any) -> int:
        """Anything else, as the Bot API describes it."""
        return self._sends(what, group, **more)

    def _sends(
        self, content: dict[str, Any], group: Group | None, *, ago: int = 0,
        reply_to: dict[str, Any] | None = None, number: int | None = None,
    ) -> int:  # fmt: skip
        def put(world: World) -> int:
            chat = world.chats[group.id if group else self.id]
            message = {
                "message_id": world.next_message(), "date": int(time.time()) - ago,
                "chat": chat.as_json(), "from": world.chats[self.id].as_user(), **content,
            }  # fmt: skip
            if reply_to is not None:
                message["reply_to_message"] = reply_to
            world.keep(message)
            return world.put("message", message, number)

        return self.server.ask(put)

    def taps(self, message: dict[str, Any], label: str = "", *, data: str = "") -> str:
        """Tap a button by its label, or send data that no button held."""
        chosen = data or next(
            button["callback_data"]
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if label in button["text"]
        )

        def put(world: World) -> str:
            query = str(next(_TAPS))
            world.tapped(query)
            user = world.chats[self.id].as_user()
            world.put(
                "callback_query",
                {"id": query, "from": user, "message": message, "chat_instance": "1",
                 "data": chosen},
            )  # fmt: skip
            return query

        return self.server.ask(put)

    def blocks(self) -> None:
        self.becomes(is_blocked=True)


def said(message: dict[str, Any]) -> str:
    text: str = message.get("text") or message.get("caption") or ""
    return text


def buttons(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def _entities(text: str) -> dict[str, Any]:
    """What a phone marks by itself: a command, a mention of the bot."""
    found = []
    if text.startswith("/"):
        command = text.split()[0]
        found.append({"type": "bot_command", "offset": 0, "length": units(command)})
    mention = f"@{USERNAME}"
    at = text.find(mention)
    if at >= 0 and not text.startswith("/"):
        found.append({"type": "mention", "offset": units(text[:at]), "length": units(mention)})
    return {"entities": found} if found else {}


def _caption(caption: str) -> dict[str, Any]:
    if not caption:
        return {}
    entities = _entities(caption).get("entities", [])
    return {"caption": caption, "caption_entities": entities}
