"""What each method does in the imitated Telegram; parameters come checked."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.telegram_server.keyboards import check_keyboard
from tests.telegram_server.markup import read_text, units
from tests.telegram_server.specification import Refusal, bad
from tests.telegram_server.world import BOT_ID, USERNAME, Chat, World, bot_itself, bot_user

Uploads = Mapping[str, tuple[str, bytes]]
LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
_LARGEST: Final = {"document": 50_000_000, "photo": 10_000_000}
_LARGEST_DOWNLOAD: Final = 20_000_000
_TAP_LASTS: Final = 60.0
_UNCHANGED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def find_chat(world: World, values: Mapping[str, Any]) -> Chat:
    """The chat that is meant; raises what Telegram says when the bot may not write there."""
    chat = world.chat(int(values["chat_id"]))
    if chat is None:
        raise bad("chat not found")
    if chat.moved_to:
        raise Refusal(
            400, "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.moved_to},
        )  # fmt: skip
    if chat.is_blocked:
        what = "blocked by the user" if chat.kind == "private" else "kicked from the group chat"
        raise Refusal(403, f"Forbidden: bot was {what}")
    if chat.is_deactivated:
        raise Refusal(403, "Forbidden: user is deactivated")
    if chat.is_unknown:
        raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
    return chat


def _written(values: Mapping[str, Any], key: str, longest: int) -> dict[str, Any]:
    """`text` and `entities`, or the same of a caption."""
    text, entities = read_text(values.get(key) or "", values.get("parse_mode"))
    if units(text) > longest:
        raise bad("message is too long" if key == "text" else "message caption is too long")
    if key == "text" and not text:
        raise bad("message text is empty")
    names = {"text": "entities", "caption": "caption_entities"}
    return {key: text, names[key]: entities} if text else {}


def _new(world: World, chat: Chat, values: Mapping[str, Any]) -> dict[str, Any]:
    check_keyboard(values.get("reply_markup"))
    message: dict[str, Any] = {
        "message_id": world.next_message(), "date": int(time.time()), "chat": chat.as_json(),
        "from": bot_user(),
    }  # fmt: skip
    answered = values.get("reply_parameters")
    if answered is not None:
        before = world.messages.get((chat.id, answered["message_id"]))
        if before is not None:
            message["reply_to_message"] = {
                k: v for k, v in before.items() if k != "reply_to_message"
            }
        elif not answered.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
    if "message_thread_id" in values:
        message |= {"message_thread_id": values["message_thread_id"], "is_topic_message": True}
    if "inline_keyboard" in (values.get("reply_markup") or {}):
        message["reply_markup"] = values["reply_markup"]
    return message


def send_message(world: World, values: dict[str, Any], _: Uploads) -> Any:
    chat = find_chat(world, values)
    written = _written(values, "text", LONGEST_TEXT)
    return world.keep(_new(world, chat, values) | written)


def _media(world: World, kind: str, named: str, uploads: Uploads) -> dict[str, Any]:
    """The part of a message that holds a file, out of an upload or a file id."""
    upload = uploads.get(named.removeprefix("attach://"))
    if upload is None:
        kept = world.files.get(named)
        if kept is None:
            raise bad("wrong remote file identifier specified: can't unserialize it")
    else:
        if len(upload[1]) > _LARGEST[kind]:
            raise Refusal(413, "Request Entity Too Large")
        if not upload[1]:
            raise bad("file must be non-empty")
        kept = world.file(*upload, kind)
    if kind == "photo":
        if not kept.data.startswith((b"\x89PNG", b"\xff\xd8")):
            raise bad("IMAGE_PROCESS_FAILED")
        return {"photo": [{**kept.as_json(), "width": 90, "height": 90}]}
    return {"document": {**kept.as_json(), "file_name": kept.name}}


def _send_media(kind: str) -> Callable[[World, dict[str, Any], Uploads], Any]:
    def send(world: World, values: dict[str, Any], uploads: Uploads) -> Any:
        chat = find_chat(world, values)
        written = _written(values, "caption", LONGEST_CAPTION)
        media = _media(world, kind, values[kind], uploads)
        return world.keep(_new(world, chat, values) | media | written)

    return send


def _edited(world: World, values: Mapping[str, Any]) -> dict[str, Any]:
    chat = find_chat(world, values)
    message = world.messages.get((chat.id, values.get("message_id", 0)))
    if message is None:
        raise bad("message to edit not found")
    if message["from"]["id"] != BOT_ID:
        raise bad("message can't be edited")
    check_keyboard(values.get("reply_markup"))
    return message


def _change(message: dict[str, Any], values: Mapping[str, Any], new: dict[str, Any]) -> Any:
    """Puts the new content in; a keyboard that is not given again is gone."""
    markup = values.get("reply_markup")
    markup = markup if markup and markup.get("inline_keyboard") else None
    if message.get("reply_markup") == markup and all(message.get(k) == v for k, v in new.items()):
        raise bad(_UNCHANGED)
    message.update(new, edit_date=int(time.time()))
    message.pop("reply_markup", None)
    if markup:
        message["reply_markup"] = markup
    return message


def edit_text(world: World, values: dict[str, Any], _: Uploads) -> Any:
    message = _edited(world, values)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    return _change(message, values, _written(values, "text", LONGEST_TEXT))


def edit_caption(world: World, values: dict[str, Any], _: Uploads) -> Any:
    message = _edited(world, values)
    if "document" not in message and "photo" not in message:
        raise bad("there is no caption in the message to edit")
    return _change(message, values, _written(values, "caption", LONGEST_CAPTION))


def edit_markup(world: World, values: dict[str, Any], _: Uploads) -> Any:
    return _change(_edited(world, values), values, {})


def edit_media(world: World, values: dict[str, Any], uploads: Uploads) -> Any:
    message, media = _edited(world, values), values["media"]
    written = _written(media, "caption", LONGEST_CAPTION)
    new = _media(world, media["type"], media["media"], uploads)
    for old in ("text", "entities", "caption", "caption_entities", "photo", "document"):
        message.pop(old, None)
    return _change(message, values, new | written)


def delete_message(world: World, values: dict[str, Any], _: Uploads) -> Any:
    chat = find_chat(world, values)
    if world.messages.pop((chat.id, values["message_id"]), None) is None:
        raise bad("message to delete not found")
    return True


def answer_tap(world: World, values: dict[str, Any], _: Uploads) -> Any:
    tapped = world.taps.pop(values["callback_query_id"], 0.0)
    if time.time() - tapped > _TAP_LASTS:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    return True


def chat_action(world: World, values: dict[str, Any], _: Uploads) -> Any:
    find_chat(world, values)
    if values["action"] not in ("typing", "upload_document", "upload_photo"):
        raise bad("wrong parameter action in request")
    return True


def get_file(world: World, values: dict[str, Any], _: Uploads) -> Any:
    kept = world.files.get(values["file_id"])
    if kept is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(kept.data) > _LARGEST_DOWNLOAD:
        raise bad("file is too big")
    return {**kept.as_json(), "file_path": kept.path}


def set_commands(world: World, values: dict[str, Any], _: Uploads) -> Any:
    scope = values.get("scope") or {"type": "default"}
    if "chat_id" in scope:
        find_chat(world, scope)
    for command in values["commands"]:
        name = command["command"]
        if not (name.isascii() and name.replace("_", "").isalnum() and name == name.lower()):
            raise bad("BOT_COMMAND_INVALID")
    where = f"{scope['type']}:{scope.get('chat_id', '')}:{values.get('language_code', '')}"
    world.commands[where] = values["commands"]
    return True


def get_me(_: World, __: dict[str, Any], ___: Uploads) -> Any:
    return bot_itself()


def yes(_: World, __: dict[str, Any], ___: Uploads) -> Any:
    return True


def webhook_info(world: World, _: dict[str, Any], __: Uploads) -> Any:
    return {
        "url": world.webhook.get("url", ""), "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }  # fmt: skip


METHODS: Final[dict[str, Callable[[World, dict[str, Any], Uploads], Any]]] = {
    "getMe": get_me, "sendMessage": send_message, "sendDocument": _send_media("document"),
    "sendPhoto": _send_media("photo"), "editMessageText": edit_text,
    "editMessageCaption": edit_caption, "editMessageReplyMarkup": edit_markup,
    "editMessageMedia": edit_media, "deleteMessage": delete_message,
    "answerCallbackQuery": answer_tap, "sendChatAction": chat_action, "getFile": get_file,
    "setMyCommands": set_commands, "deleteMyCommands": yes, "setMyDescription": yes,
    "setMyShortDescription": yes, "setMyName": yes, "setChatMenuButton": yes,
    "leaveChat": yes, "getWebhookInfo": webhook_info,
}  # fmt: skip
__all__ = ["METHODS", "USERNAME", "find_chat"]
