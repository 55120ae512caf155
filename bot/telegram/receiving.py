"""Updates read: what was said, tapped or sent, and by whom; None when it is not for us."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from telegram import CallbackQuery, Document, MaybeInaccessibleMessage, Update, User
from telegram import Message as Sent

from bot.speech import Address, IncomingFile, Message
from bot.telegram.addressing import Me, words_for
from bot.telegram.heard import Heard, Place, Tap
from bot.telegram.zones import nearest_zone

CHANNEL: Final = "telegram"
LARGEST_FILE: Final = 20_000_000
# An update that waited so long was sent while we were away.
LATE_AFTER: Final = timedelta(seconds=60)
_EDITS_COUNT_FOR: Final = timedelta(hours=2)
_RECORDINGS: Final = ("voice", "audio", "video_note", "video")
_STICKERS: Final = ("sticker", "animation", "dice", "game")
_OTHERS: Final = (
    "contact", "poll", "venue", "story", "checklist", "paid_media", "invoice",
    "successful_payment", "passport_data", "giveaway",
)  # fmt: skip

Fetch = Callable[[str], Callable[[], bytes]]


@dataclass(frozen=True)
class Receiving:
    """Reads updates; `fetch` brings a file's bytes by its id, `commands` are those we know."""

    me: Me
    fetch: Fetch
    commands: frozenset[str]
    language: str

    def read(self, update: Update, now: datetime) -> Heard | None:
        if update.callback_query is not None:
            return self._tapped(update.callback_query, now)
        if update.message is not None:
            return self._said(update.message, now)
        if update.edited_message is not None:
            return self._edited(update.edited_message, now)
        return None

    def _said(self, sent: Sent, now: datetime) -> Heard | None:
        user = sent.from_user
        if user is None or user.is_bot or sent.sender_chat is not None:
            return None
        words = words_for(self.me, sent, self.commands)
        if words is None:
            return None
        heard = Heard(self._message(sent, user, now), _place(sent))
        if sent.text is None:
            return self._other(sent, heard, words)
        if sent.forward_origin is not None and words.startswith("/"):
            return replace(heard, word="telegram.forwarded_command")
        return replace(heard, message=replace(heard.message, text=words))

    def _edited(self, sent: Sent, now: datetime) -> Heard | None:
        """An edited question is asked again; anything else that is edited was done already."""
        words = sent.text or ""
        if sent.edit_date is None or sent.edit_date - sent.date > _EDITS_COUNT_FOR:
            return None
        if not words or (words.startswith("/") and not words.startswith("/ask")):
            return None
        heard = self._said(sent, now)
        if heard is None or heard.word:
            return None
        message = replace(heard.message, at=sent.edit_date)
        return replace(heard, message=message, place=replace(heard.place, answers=sent.message_id))

    def _other(self, sent: Sent, heard: Heard, words: str) -> Heard | None:
        """What is no text: a file, a place, a picture with words under it, a voice."""
        if sent.document is not None and sent.animation is None:
            return self._file(sent.document, heard, words)
        if sent.location is not None and sent.venue is None:
            # As if the button of that zone had been tapped in the settings.
            action = f"p.zone.{nearest_zone(sent.location.latitude, sent.location.longitude)}"
            return replace(heard, message=replace(heard.message, action=action))
        if words.strip() and not words.startswith("/"):
            return replace(heard, message=replace(heard.message, text=words))
        word = _word_for(sent)
        return replace(heard, word=word) if word else None

    def _file(self, document: Document, heard: Heard, words: str) -> Heard:
        size = document.file_size or 0
        if size > LARGEST_FILE:
            facts = (("size", f"{size / 1e6:.0f}"),)
            return replace(heard, word="telegram.file.large", facts=facts)
        file = IncomingFile(document.file_name or "", size, self.fetch(document.file_id))
        return replace(heard, message=replace(heard.message, text=words, file=file))

    def _tapped(self, query: CallbackQuery, now: datetime) -> Heard | None:
        on = query.message
        chat = on.chat if on is not None else None
        place = (
            _place(on) if isinstance(on, Sent) else Place(chat.id if chat else query.from_user.id)
        )
        is_group = chat is not None and chat.type != "private"
        message = self._basic(query.from_user, now, now, place.chat if is_group else None)
        return Heard(
            replace(message, action=query.data or ""), replace(place, answers=None), _tap(query, on)
        )

    def _message(self, sent: Sent, user: User, now: datetime) -> Message:
        group = sent.chat.id if sent.chat.type != "private" else None
        return self._basic(user, sent.date, now, group)

    def _basic(self, user: User, at: datetime, now: datetime, group: int | None) -> Message:
        return Message(
            Address(CHANNEL, str(user.id)), at, name=user.full_name,
            language=self._language(user), chat="" if group is None else str(group),
            is_late=now - at > LATE_AFTER,
        )  # fmt: skip

    def _language(self, user: User) -> str:
        """The language of their phone, as far as we speak it."""
        code = (user.language_code or "").casefold()
        if not code:
            return ""
        return "zh" if code.startswith(("zh", "yue")) else "en"


def _tap(query: CallbackQuery, on: MaybeInaccessibleMessage | None) -> Tap:
    if not isinstance(on, Sent):
        return Tap(query.id, None, has_text=False)
    return Tap(query.id, on.message_id, has_text=on.text is not None)


def _place(sent: Sent) -> Place:
    is_group = sent.chat.type != "private"
    topic = sent.message_thread_id if sent.is_topic_message else None
    return Place(sent.chat.id, topic, sent.message_id if is_group else None)


def _word_for(sent: Sent) -> str:
    if sent.photo:
        return "telegram.picture"
    kinds = ((_RECORDINGS, "voice"), (_STICKERS, "sticker"), (_OTHERS, "other"))
    for names, word in kinds:
        if any(getattr(sent, name, None) for name in names):
            return f"telegram.{word}"
    return ""
