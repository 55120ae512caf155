"""One reply as calls: a new message or an edited one, with picture, files, buttons."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.speech import Reply, Text, text
from bot.telegram.calling import Caller
from bot.telegram.complaints import Complaint, sorted_out
from bot.telegram.heard import Place
from bot.telegram.rendering import as_html, as_keyboard, as_plain
from bot.telegram.splitting import LONGEST_CAPTION, split, units
from foundation import logs
from foundation.wording import say

LARGEST_UPLOAD: Final = 50_000_000
_LARGEST_PICTURE: Final = 10_000_000
_UPLOAD_SECONDS: Final = 120.0
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)

Doubt = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that stands in a chat: its number, and whether its text can be edited."""

    message: int
    has_text: bool = True


@dataclass(frozen=True)
class Posting:
    """Puts replies into chats; `language` is for what the channel adds by itself."""

    bot: Bot
    caller: Caller
    language: str

    async def new(self, place: Place, reply: Reply, in_doubt: Doubt = lambda: None) -> Shown | None:
        """Everything of a reply, in new messages; answers the first that can be edited."""
        keyboard = as_keyboard(reply.buttons)
        words = reply.text or (text("…") if keyboard and not reply.picture else ())
        shown = None
        if reply.picture is not None:
            caption = words if units(as_plain(words)) <= LONGEST_CAPTION else ()
            under = keyboard if len(caption) == len(words) else None
            shown = await self._picture(place, reply.picture, caption, under, in_doubt)
            words = () if len(caption) == len(words) else words
        texted = await self._texts(place, split(words), keyboard, in_doubt)
        await self.files(place, reply.files, in_doubt)
        return texted or shown

    async def edit(
        self, place: Place, old: Shown, reply: Reply, in_doubt: Doubt = lambda: None
    ) -> Shown | None:
        """A reply in the place of a message; in a new one where that cannot become it."""
        keyboard = as_keyboard(reply.buttons)
        pieces = split(reply.text)
        fits = old.has_text is (reply.picture is None) and (len(pieces) <= 1 or old.has_text)
        if reply.picture is not None and units(as_plain(reply.text)) > LONGEST_CAPTION:
            fits = False
        if not fits or (not pieces and reply.picture is None):
            await self.without_buttons(place, old)
            return await self.new(place, reply, in_doubt)
        if reply.picture is not None:
            edited = await self._edit_picture(place, old, reply.picture, reply.text, keyboard)
        else:
            edited = await self._edit_text(
                place, old, pieces[0], keyboard if len(pieces) == 1 else None
            )
        if not edited:
            return await self.new(place, reply, in_doubt)
        await self._texts(place, pieces[1:], keyboard, in_doubt)
        await self.files(place, reply.files, in_doubt)
        return old

    async def without_buttons(self, place: Place, old: Shown) -> None:
        await self.caller.once(
            place.chat,
            lambda chat: self.bot.edit_message_reply_markup(chat, old.message, reply_markup=None),
        )

    async def _texts(
        self, place: Place, pieces: list[Text], keyboard: InlineKeyboardMarkup | None, doubt: Doubt
    ) -> Shown | None:
        first = None
        for number, piece in enumerate(pieces, 1):
            under = keyboard if number == len(pieces) else None
            sent = await self._text(place, piece, under, doubt)
            first = first or Shown(sent.message_id)
            place = replace(place, answers=None)
        return first

    async def _text(
        self, place: Place, piece: Text, keyboard: InlineKeyboardMarkup | None, doubt: Doubt
    ) -> Message:
        async def send(chat: int, said: str, mode: str | None) -> Message:
            return await self.bot.send_message(
                chat, said, parse_mode=mode, reply_markup=keyboard, message_thread_id=place.topic,
                link_preview_options=_NO_PREVIEW, reply_parameters=_answering(place),
            )  # fmt: skip

        try:
            return await self.caller.surely(
                place.chat, lambda chat: send(chat, as_html(piece), ParseMode.HTML), doubt
            )
        except TelegramError as error:
            if sorted_out(error) is not Complaint.MARKUP:
                raise
            logs.warn("markup refused")
            return await self.caller.surely(
                place.chat, lambda chat: send(chat, as_plain(piece), None), doubt
            )

    async def _edit_text(
        self, place: Place, old: Shown, piece: Text, keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        async def edit(chat: int, said: str, mode: str | None) -> Any:
            return await self.bot.edit_message_text(
                said, chat, old.message, parse_mode=mode, reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
            )  # fmt: skip

        done = await self._edited(place, lambda chat: edit(chat, as_html(piece), ParseMode.HTML))
        if done is Complaint.MARKUP:
            logs.warn("markup refused")
            done = await self._edited(place, lambda chat: edit(chat, as_plain(piece), None))
        return done is None or done is Complaint.SAME

    async def _edit_picture(
        self,
        place: Place,
        old: Shown,
        picture: Path,
        caption: Text,
        keyboard: InlineKeyboardMarkup | None,
    ) -> bool:
        data = await asyncio.to_thread(picture.read_bytes)
        media = InputMediaPhoto(
            data, caption=as_html(caption), parse_mode=ParseMode.HTML,
            filename=picture.name,
        )  # fmt: skip
        done = await self._edited(
            place,
            lambda chat: self.bot.edit_message_media(
                media, chat, old.message, reply_markup=keyboard, write_timeout=_UPLOAD_SECONDS
            ),
        )
        return done is None or done is Complaint.SAME

    async def _edited(
        self, place: Place, does: Callable[[int], Awaitable[Any]]
    ) -> Complaint | None:
        """None when it is done; an edit may be repeated, so that nothing is in doubt."""
        try:
            await self.caller.surely(place.chat, does)
        except TelegramError as error:
            complaint = sorted_out(error)
            if complaint in (Complaint.UNREACHABLE, Complaint.OTHER):
                raise
            return complaint
        return None

    async def _picture(
        self, place: Place, path: Path, caption: Text, keyboard: InlineKeyboardMarkup | None,
        doubt: Doubt,
    ) -> Shown:  # fmt: skip
        data = await asyncio.to_thread(path.read_bytes)
        if len(data) <= _LARGEST_PICTURE:
            try:
                sent = await self._upload(
                    self.bot.send_photo, place, data, path.name, caption, keyboard, doubt
                )
                return Shown(sent.message_id, has_text=False)
            except TelegramError as error:
                if sorted_out(error) is not Complaint.PICTURE:
                    raise
        sent = await self._upload(
            self.bot.send_document, place, data, path.name, caption, keyboard, doubt
        )
        return Shown(sent.message_id, has_text=False)

    async def files(self, place: Place, files: tuple[Path, ...], doubt: Doubt) -> None:
        for path in files:
            size = path.stat().st_size
            if size > LARGEST_UPLOAD:
                megabytes = f"{size / 1e6:.0f}"
                words = say(
                    "telegram.file.unsendable", self.language, name=path.name, size=megabytes
                )
                await self._text(place, text(words), None, doubt)
                continue
            data = await asyncio.to_thread(path.read_bytes)
            await self._upload(self.bot.send_document, place, data, path.name, (), None, doubt)

    async def _upload(
        self, send: Callable[..., Awaitable[Message]], place: Place, data: bytes, name: str,
        caption: Text, keyboard: InlineKeyboardMarkup | None, doubt: Doubt,
    ) -> Message:  # fmt: skip
        return await self.caller.surely(
            place.chat,
            lambda chat: send(
                chat, InputFile(data, filename=name), caption=as_html(caption) or None,
                parse_mode=ParseMode.HTML if caption else None, reply_markup=keyboard,
                message_thread_id=place.topic, reply_parameters=_answering(place),
                write_timeout=_UPLOAD_SECONDS, read_timeout=_UPLOAD_SECONDS,
            ),
            doubt,
        )  # fmt: skip


def _answering(place: Place) -> ReplyParameters | None:
    if place.answers is None:
        return None
    return ReplyParameters(place.answers, allow_sending_without_reply=True)
