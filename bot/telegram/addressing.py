"""Whether words in a group are meant for us, and the words without our name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from telegram import Message, MessageEntity

_COMMAND: Final = re.compile(r"^/(?P<name>\w+)(?:@(?P<bot>\w+))?(?P<rest>[\s\S]*)$")


@dataclass(frozen=True, slots=True)
class Me:
    """The bot as others see it."""

    id: int
    username: str


def words_for(me: Me, message: Message, known: frozenset[str]) -> str | None:
    """What is said to us; None when it is said to others.

    In private everything is for us. In a group a command of ours is, a mention, or a reply to us.
    """
    words = message.text or message.caption or ""
    is_group = message.chat.type != "private"
    command = _COMMAND.match(words)
    if command and command["bot"]:
        if command["bot"].casefold() != me.username.casefold():
            return None
        return f"/{command['name']}{command['rest']}"
    if not is_group or (command and command["name"].casefold() in known):
        return words
    mentioned = _without_mention(me, message, words)
    if mentioned is not None:
        return mentioned
    return words if _answers_us(me, message) else None


def _answers_us(me: Me, message: Message) -> bool:
    before = message.reply_to_message
    return before is not None and before.from_user is not None and before.from_user.id == me.id


def _without_mention(me: Me, message: Message, words: str) -> str | None:
    """The words around our name; None when it is not there."""
    spans = [_span(words, e) for e in _entities(message) if _means_us(me, e, words)]
    if not spans:
        return None
    for begin, end in sorted(spans, reverse=True):
        words = words[:begin].rstrip() + " " + words[end:].lstrip(" ,，:：、")
    return words.strip()


def _entities(message: Message) -> Iterable[MessageEntity]:
    return message.entities or message.caption_entities


def _means_us(me: Me, entity: MessageEntity, words: str) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    if entity.type != MessageEntity.MENTION:
        return False
    begin, end = _span(words, entity)
    return words[begin:end].casefold() == f"@{me.username}".casefold()


def _span(words: str, entity: MessageEntity) -> tuple[int, int]:
    """Entities count in UTF-16 units, strings in characters."""
    encoded = words.encode("utf-16-le", "surrogatepass")
    before = encoded[: entity.offset * 2].decode("utf-16-le", "replace")
    inside = encoded[entity.offset * 2 : (entity.offset + entity.length) * 2]
    return len(before), len(before) + len(inside.decode("utf-16-le", "replace"))
