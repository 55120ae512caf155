"""People on their channels: all personal data, in one table, and how it is erased."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from foundation.clock import Clock
from foundation.database import Sessions
from training_modules import log
from training_modules.event import Event, Verb
from training_modules.rows import EnrolmentRow, MemoryRow, PersonRow, SittingRow, WishRow

# The consent that is asked for today; another wording of it is another number.
CONSENT: Final = 1
LONGEST_NAME: Final = 120
_SEEN_EVERY: Final = timedelta(hours=1)
_CHANGEABLE: Final = frozenset(
    {"name", "role", "language", "zone", "post", "region", "is_emerging_leader", "hour", "days",
     "consent", "consent_at", "paused_until", "is_paused", "resumed_at", "blocked_at", "seen_at",
     "address", "calendar", "quiet_from", "quiet_until"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on a channel as the program needs to know them."""

    id: str
    channel: str
    address: str
    name: str
    role: str
    language: str
    zone: str
    pseudonym: str
    post: str
    region: str
    is_emerging_leader: bool
    hour: int
    days: str
    consent: int
    paused_until: date | None
    is_paused: bool
    calendar: str
    quiet_from: int
    quiet_until: int

    @property
    def is_trainee(self) -> bool:
        return self.consent > 0


def new_id() -> str:
    return secrets.token_hex(6)


def new_pseudonym() -> str:
    """Random, never made out of who the person is: what is derived can be tried out."""
    return f"p_{secrets.token_hex(12)}"


@dataclass(frozen=True)
class People:
    """Who talks to us; `language` and `zone` are for people we have not met."""

    sessions: Sessions
    clock: Clock
    language: str
    zone: str
    pseudonym: Callable[[], str] = new_pseudonym

    def meet(self, channel: str, address: str, name: str = "", language: str = "") -> Person:
        """The person at this address; a new one when we have not met."""
        met = self._seen(channel, address)
        if met is not None:
            return met if not name or met.name else self.change(met.id, name=name)
        with self.sessions.begin() as session:
            row = _at(session, channel, address)
            if row is None:
                row = self._new(channel, address, name, language or self.language)
                session.add(row)
                session.flush()
            return _person(row)

    def _seen(self, channel: str, address: str) -> Person | None:
        """Somebody who writes has not blocked us; when they were here is noted to the hour."""
        now = self.clock()
        with self.sessions() as session:
            row = _at(session, channel, address)
            if row is None:
                return None
            is_current = row.blocked_at is None and now - row.seen_at < _SEEN_EVERY
            person = _person(row)
        return person if is_current else self.change(person.id, blocked_at=None, seen_at=now)

    def _new(self, channel: str, address: str, name: str, language: str) -> PersonRow:
        now = self.clock()
        return PersonRow(
            id=new_id(), channel=channel, address=address, name=name[:LONGEST_NAME],
            language=language, zone=self.zone, pseudonym=self.pseudonym(), created_at=now,
            seen_at=now, role="reader", post="", region="", is_emerging_leader=False, hour=480,
            days="1234567", consent=0, is_paused=False,
        )  # fmt: skip

    def find(self, channel: str, address: str) -> Person | None:
        with self.sessions() as session:
            row = _at(session, channel, address)
            return _person(row) if row else None

    def by_id(self, person: str) -> Person | None:
        with self.sessions() as session:
            row = session.get(PersonRow, person)
            return _person(row) if row else None

    def change(self, person: str, **values: Any) -> Person:
        """Write what a person settled about themselves."""
        unknown = values.keys() - _CHANGEABLE
        if unknown:
            raise ValueError(f"not to be changed: {unknown}")
        with self.sessions.begin() as session:
            row = session.get_one(PersonRow, person)
            for key, value in values.items():
                setattr(row, key, value)
            session.flush()
            return _person(row)

    def administrators(self) -> list[Person]:
        with self.sessions() as session:
            rows = session.scalars(
                select(PersonRow).where(PersonRow.role == "administrator").order_by(PersonRow.id)
            )
            return [_person(row) for row in rows]

    def forget(self, person: Person) -> None:
        """Erase the person and what they wrote; the log keeps a pseudonym of nobody."""
        with self.sessions.begin() as session:
            for row in session.scalars(
                select(EnrolmentRow).where(
                    EnrolmentRow.pseudonym == person.pseudonym, EnrolmentRow.left_at.is_(None)
                )
            ):
                _leave(session, row, person, self.clock())
            log.forget_words(session, person.pseudonym)
            for table in (SittingRow, MemoryRow, WishRow):
                session.execute(delete(table).where(table.pseudonym == person.pseudonym))
            session.execute(delete(PersonRow).where(PersonRow.id == person.id))


def _leave(session: Session, row: EnrolmentRow, person: Person, now: datetime) -> None:
    if row.completed_at is None:
        row.left_at, row.left_because = now, "forgotten"
    log.append(
        session,
        [
            Event(
                Verb.LEFT, now, person.zone, person.pseudonym, row.id, row.track,
                consent=person.consent,
            )
        ],
    )  # fmt: skip


def _at(session: Session, channel: str, address: str) -> PersonRow | None:
    query = select(PersonRow).where(PersonRow.channel == channel, PersonRow.address == address)
    return session.scalar(query)


def _person(row: PersonRow) -> Person:
    return Person(
        row.id, row.channel, row.address, row.name, row.role, row.language, row.zone,
        row.pseudonym, row.post, row.region, row.is_emerging_leader, row.hour, row.days,
        row.consent, row.paused_until, row.is_paused, row.calendar, row.quiet_from,
        row.quiet_until,
    )  # fmt: skip
