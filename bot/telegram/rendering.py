"""Texts of the conversation as Telegram's HTML, and buttons as a keyboard."""

import html
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.speech import Button, Buttons, Span, Style, Text, plain
from bot.telegram.splitting import sendable

_TAGS: Final = {
    Style.BOLD: ("<b>", "</b>"),
    Style.ITALIC: ("<i>", "</i>"),
    Style.CODE: ("<code>", "</code>"),
    Style.QUOTE: ("<blockquote>", "</blockquote>"),
    Style.FOLDED: ("<blockquote expandable>", "</blockquote>"),
}
_MOST_IN_ROW: Final = 8
_MOST_BUTTONS: Final = 100
_LONGEST_LABEL: Final = 128


def as_html(text: Text) -> str:
    """Every character of people escaped; only our own tags are markup."""
    return "".join(_tagged(span) for span in text)


def as_plain(text: Text) -> str:
    return sendable(plain(text))


def _tagged(span: Span) -> str:
    words = html.escape(sendable(span.text), quote=False)
    if not words.strip():
        return words
    if span.link.startswith(("https://", "http://", "tg://")):
        words = f'<a href="{html.escape(sendable(span.link))}">{words}</a>'
        if span.style is Style.CODE:
            # Nothing may stand inside of code, and a link is worth more.
            return words
    before, after = _TAGS.get(span.style, ("", ""))
    return f"{before}{words}{after}"


def as_keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """Rows that a phone can show; None without buttons."""
    rows = []
    left = _MOST_BUTTONS
    for row in buttons:
        for begin in range(0, len(row), _MOST_IN_ROW):
            chosen = row[begin : min(begin + _MOST_IN_ROW, begin + left)]
            left -= len(chosen)
            if chosen:
                rows.append([_button(button) for button in chosen])
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    label = sendable(button.label).strip() or "·"
    if len(label) > _LONGEST_LABEL:
        label = label[: _LONGEST_LABEL - 1] + "…"
    return InlineKeyboardButton(label, callback_data=button.action)
