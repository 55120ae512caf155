"""A delivery: one thing that is due for one person on one of their days."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    BASELINE = "baseline"
    MODULE = "module"
    REVIEW = "review"
    POSTTEST = "posttest"
    FOLLOWUP = "followup"
    REMINDER = "reminder"
    NOTE = "note"
    DIGEST = "digest"


class State(StrEnum):
    """DUE and LEASED were not sent yet; SENDING may be out already; UNKNOWN is never sent again."""

    DUE = "due"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


# What takes the one place that somebody has on a day.
DAILY: Final = frozenset(
    {Kind.BASELINE, Kind.MODULE, Kind.REVIEW, Kind.POSTTEST, Kind.FOLLOWUP, Kind.REMINDER}
)
WAITING: Final = (State.DUE, State.LEASED)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a courier brings: `module` is a module's id or, in a reminder, also the kind of what
    waits (`baseline`, `posttest`, `followup`); `number` counts reminders from one.
    """

    id: str
    enrolment: str
    person: str
    kind: Kind
    module: str
    number: int
    local_date: date
    due_at: datetime


def slot_id(person: str, slot: str, day: date) -> str:
    """The same slot has the same id in every process, so that it can be written once only."""
    name = f"{person}|{slot}|{day.isoformat()}".encode()
    return hashlib.blake2b(name, digest_size=10).hexdigest()
