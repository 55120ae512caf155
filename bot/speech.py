"""What goes in and out of a conversation, the same on every channel: messages and replies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

# The narrowest channel sets it: an action travels inside the button.
LONGEST_ACTION: Final = 64


class Style(StrEnum):
    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    QUOTE = "quote"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style; FOLDED is a quotation that opens when it is tapped."""

    text: str
    style: Style = Style.PLAIN
    link: str = ""


Text = tuple[Span, ...]


def text(*parts: str | Span) -> Text:
    return tuple(Span(part) if isinstance(part, str) else part for part in parts if part)


def bold(words: str) -> Span:
    return Span(words, Style.BOLD)


def plain(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans)


@dataclass(frozen=True, slots=True)
class Button:
    """What a person taps; `action` comes back as it was given, at most 64 bytes of it."""

    label: str
    action: str

    def __post_init__(self) -> None:
        if len(self.action.encode()) > LONGEST_ACTION:
            raise ValueError(f"too long for a button: {self.action}")


Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One thing said: text, buttons under it, a picture above it, files after it.

    `replaces` edits the message whose button was tapped; replies with the same `slot` in one
    hearing edit each other, so that progress and streaming leave one message behind. `notice` is
    a word said in passing (a toast where the channel has one) and may stand alone. `aside` says
    that the buttons only save writing, so that a channel without buttons may leave them out; `to`
    is somebody else than who spoke.
    """

    text: Text = ()
    buttons: Buttons = ()
    picture: Path | None = None
    files: tuple[Path, ...] = ()
    replaces: bool = False
    slot: str = ""
    notice: str = ""
    aside: bool = False
    to: "Address | None" = None


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody is: a channel and who they are on it."""

    channel: str
    id: str


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file that a person sends; `fetch` brings its bytes when they are wanted."""

    name: str
    size: int
    fetch: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """What a person says: words, or a button's action, or a file.

    `chat` is where it was said when that is not the person alone; then nothing personal is shown
    there. `of` is the delivery or sitting that the tapped message belongs to.
    """

    address: Address
    at: datetime
    text: str = ""
    action: str = ""
    file: IncomingFile | None = None
    name: str = ""
    language: str = ""
    chat: str = ""
    is_late: bool = False
