"""Inline keyboards held against what the Bot API takes."""

from typing import Any, Final

from tests.telegram_server.specification import bad

_MOST_IN_ROW: Final = 8
_MOST: Final = 100
_LOOKS: Final = {"text", "icon_custom_emoji_id", "style"}


def check_keyboard(markup: dict[str, Any] | None) -> None:
    """Raises what a keyboard earns that a phone could not show."""
    if markup is None or "inline_keyboard" not in markup:
        return
    rows = markup["inline_keyboard"]
    if sum(len(row) for row in rows) > _MOST:
        raise bad("reply markup is too long")
    for row in rows:
        if len(row) > _MOST_IN_ROW:
            raise bad("too many buttons in a row")
        for button in row:
            _check_button(button)


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise bad("can't parse inline keyboard button: button text is empty")
    does = button.keys() - _LOOKS
    if not does:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(does) > 1:
        raise bad("can't parse inline keyboard button: it must do exactly one thing")
    url = button.get("url")
    if url is not None and not url.startswith(("http://", "https://", "tg://")):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
