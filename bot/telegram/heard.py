"""What was heard: the message for the conversation, and where its replies go."""

from dataclasses import dataclass

from bot.speech import Message


@dataclass(frozen=True, slots=True)
class Place:
    """Where replies are sent: a chat, its topic, the message they answer in a group."""

    chat: int
    topic: int | None = None
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped button: the query to be answered, the message it hung on, what that is made of."""

    query: str
    message: int | None
    has_text: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """`word` names a text that the channel answers with by itself, `facts` fill its places."""

    message: Message
    place: Place
    tap: Tap | None = None
    word: str = ""
    facts: tuple[tuple[str, object], ...] = ()
