"""A learner as planning sees one: their hour and zone, where they stand, what they were sent."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from scheduler.delivery import Delivery


class Learner(NamedTuple):
    """One enrolment with its person. Minutes are of the day in `zone`; `days` are 1 to 7.

    `silent` counts what was sent since they last began something or came back from a pause,
    `reminded` the reminders among it; `offered` says that the next step was sent before. Lessons
    come from the one enrolment of a person that `is_current`.
    `fault` names what makes planning impossible, `gone` the modules that are not on the shelf.
    """

    enrolment: str
    person: str
    zone: str
    minute: int
    enrolled_at: datetime
    days: str = "1234567"
    calendar: str = ""
    quiet_from: int = 0
    quiet_until: int = 0
    language: str = "zh"
    is_paused: bool = False
    away_until: date | None = None
    is_blocked: bool = False
    has_baseline: bool = False
    completed_at: datetime | None = None
    has_followed_up: bool = False
    is_current: bool = True
    next_module: str = ""
    sitting_on: date | None = None
    done_at: datetime | None = None
    learned: int = 0
    review_on: date | None = None
    offered: bool = False
    silent: int = 0
    reminded: int = 0
    last_on: date | None = None
    last_at: datetime | None = None
    reviewed_on: date | None = None
    asked_on: date | None = None
    asked: int = 0
    fault: str = ""
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Administrator:
    """Somebody who is told every week how the schedule fares."""

    person: str
    zone: str
    language: str = "zh"
    blocked_at: datetime | None = None


class Roster(Protocol):
    """Who learns, in pages, so that a hundred thousand need no more memory than a thousand."""

    def pages(self, now: datetime, since: datetime | None) -> Iterator[Sequence[Learner]]:
        """Those whose moment came after `since`; all there are when it is None."""
        ...

    def administrators(self) -> Sequence[Administrator]: ...

    def objections(self, deliveries: Collection[Delivery], now: datetime) -> Mapping[str, str]:
        """Why some of these deliveries must not go out any more, by their ids."""
        ...

    def pause(self, people: Collection[str], now: datetime) -> None: ...

    def block(self, person: str, now: datetime) -> None: ...


class NothingToSay(Exception):
    """A courier found that there is nothing left to bring; it may say why, as planning does."""


class Courier(Protocol):
    """Brings a delivery to its person and answers the message's id.

    `NothingToSay` calls it off; `DeliveryFailed` says that nothing arrived, for good or for now;
    `FloodWait` how long everything in bulk has to wait. After any other error it may have arrived,
    and is not sent again. Several deliveries are brought at the same time.
    """

    def deliver(self, delivery: Delivery) -> str: ...
