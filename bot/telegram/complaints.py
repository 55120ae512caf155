"""What Telegram says when it does not do a thing, sorted by what is to be done about it."""

from enum import Enum, auto
from typing import Final

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError


class Complaint(Enum):
    """What a refusal means for us."""

    SAME = auto()
    """The message says so already."""
    GONE = auto()
    """The message is not there to be edited; another can be sent."""
    MARKUP = auto()
    """The markup is not understood; the bare words would be."""
    LATE = auto()
    """The tap is too old to be answered."""
    PICTURE = auto()
    """The picture cannot be shown; as a file it could be sent."""
    UNREACHABLE = auto()
    """This person or group cannot be written to."""
    OTHER = auto()


_SAID: Final = (
    ("message is not modified", Complaint.SAME),
    ("message to edit not found", Complaint.GONE),
    ("message can't be edited", Complaint.GONE),
    ("message_id_invalid", Complaint.GONE),
    ("there is no text in the message", Complaint.GONE),
    ("there is no caption in the message", Complaint.GONE),
    ("message to be replied not found", Complaint.GONE),
    ("message thread not found", Complaint.GONE),
    ("can't parse", Complaint.MARKUP),
    ("unsupported start tag", Complaint.MARKUP),
    ("query is too old", Complaint.LATE),
    ("query id is invalid", Complaint.LATE),
    ("image_process_failed", Complaint.PICTURE),
    ("photo_invalid_dimensions", Complaint.PICTURE),
    ("photo_save_file_invalid", Complaint.PICTURE),
    ("chat not found", Complaint.UNREACHABLE),
    ("user not found", Complaint.UNREACHABLE),
    ("peer_id_invalid", Complaint.UNREACHABLE),
    ("chat_write_forbidden", Complaint.UNREACHABLE),
    ("not enough rights to send", Complaint.UNREACHABLE),
    ("have no rights to send", Complaint.UNREACHABLE),
    ("group chat was deactivated", Complaint.UNREACHABLE),
)
# Errors of the connection after which the request cannot have arrived.
_NOT_SENT: Final = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"})


def sorted_out(error: TelegramError) -> Complaint:
    if isinstance(error, Forbidden):
        return Complaint.UNREACHABLE
    said = str(error).lower()
    return next((complaint for words, complaint in _SAID if words in said), Complaint.OTHER)


def is_network(error: TelegramError) -> bool:
    """Trouble of the line or of Telegram itself, not of what was asked."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


def was_surely_not_sent(error: TelegramError) -> bool:
    cause = error.__cause__
    return is_network(error) and type(cause).__name__ in _NOT_SENT


def new_chat(error: TelegramError) -> int | None:
    return error.new_chat_id if isinstance(error, ChatMigrated) else None
