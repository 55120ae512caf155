"""Enrolling: cohorts and their codes, who joins which track, who leaves."""

import re
import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.clock import Clock
from foundation.database import Sessions
from foundation.errors import AppError
from training_modules import log
from training_modules.event import Event, Verb
from training_modules.people import Person
from training_modules.rows import CohortRow, EnrolmentRow

# Without 0, O, 1 and I, which people take for one another.
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH: Final = 6
_NAME: Final = re.compile(r"[^\x00-\x1f]{1,80}")


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One person in one track."""

    id: str
    pseudonym: str
    track: str
    cohort: str | None
    first_form: str
    enrolled_at: datetime
    baseline_at: datetime | None
    completed_at: datetime | None
    followed_up_at: datetime | None
    certificate: str | None

    @property
    def second_form(self) -> str:
        return "B" if self.first_form == "A" else "A"


@dataclass(frozen=True, slots=True)
class Cohort:
    """People who learn together."""

    name: str
    code: str
    track: str
    members: int = 0


def new_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))


@dataclass(frozen=True)
class Enrolling:
    """Joining and leaving; `toss` decides which test form somebody begins with."""

    sessions: Sessions
    clock: Clock
    toss: Callable[[Sequence[str]], str] = secrets.choice
    code: Callable[[], str] = new_code

    def join(self, person: Person, track: str, cohort: str | None = None) -> Enrolment:
        """Enrol; who is in that track already stays as they are, and may enter a cohort."""
        with self.sessions.begin() as session:
            row = _open_row(session, person.pseudonym, track)
            if row is not None:
                row.cohort = row.cohort or cohort
                return _enrolment(row)
            now = self.clock()
            row = EnrolmentRow(
                id=str(uuid.uuid4()), pseudonym=person.pseudonym, track=track, cohort=cohort,
                first_form=self.toss("AB"), post=person.post, region=person.region,
                is_emerging_leader=person.is_emerging_leader, enrolled_at=now, left_because="",
            )  # fmt: skip
            session.add(row)
            session.flush()
            log.append(session, [_event(Verb.REGISTERED, row, person, now)])
            return _enrolment(row)

    def leave(self, person: Person, track: str, because: str = "") -> None:
        with self.sessions.begin() as session:
            row = _open_row(session, person.pseudonym, track)
            if row is None:
                return
            row.left_at, row.left_because = self.clock(), because
            log.append(session, [_event(Verb.LEFT, row, person, row.left_at)])

    def of(self, person: Person) -> list[Enrolment]:
        """The tracks of a person, the newest last; those they left are not among them."""
        with self.sessions() as session:
            query = (
                select(EnrolmentRow)
                .where(EnrolmentRow.pseudonym == person.pseudonym, EnrolmentRow.left_at.is_(None))
                .order_by(EnrolmentRow.enrolled_at, EnrolmentRow.id)
            )
            return [_enrolment(row) for row in session.scalars(query)]

    def current(self, person: Person) -> Enrolment | None:
        """The track a person is on: the newest that is not finished, else the newest."""
        mine = self.of(person)
        open_ones = [one for one in mine if one.completed_at is None]
        return next(reversed(open_ones or mine), None)

    def by_id(self, enrolment: str) -> Enrolment | None:
        with self.sessions() as session:
            row = session.get(EnrolmentRow, enrolment)
            return _enrolment(row) if row else None

    def certified(self, code: str) -> Enrolment | None:
        """Whose certificate this is, to verify it."""
        with self.sessions() as session:
            row = session.scalar(
                select(EnrolmentRow).where(EnrolmentRow.certificate == code.strip().upper())
            )
            return _enrolment(row) if row else None

    def open_cohort(self, name: str, track: str) -> Cohort:
        """A new cohort with its join code."""
        if not _NAME.fullmatch(name.strip()):
            raise AppError("A cohort needs a name of 1 to 80 characters.")
        with self.sessions.begin() as session:
            if session.get(CohortRow, name.strip()) is not None:
                raise AppError(f"There is a cohort “{name.strip()}” already; choose another name.")
            row = CohortRow(name=name.strip(), code=self.code(), track=track, made_at=self.clock())
            session.add(row)
            return Cohort(row.name, row.code, row.track)

    def cohort(self, code: str) -> Cohort | None:
        with self.sessions() as session:
            row = session.scalar(
                select(CohortRow).where(
                    CohortRow.code == code.strip().upper(), CohortRow.closed_at.is_(None)
                )
            )
            return Cohort(row.name, row.code, row.track) if row else None

    def cohorts(self) -> list[Cohort]:
        count = (
            select(func.count())
            .where(EnrolmentRow.cohort == CohortRow.name, EnrolmentRow.left_at.is_(None))
            .scalar_subquery()
        )
        with self.sessions() as session:
            query = select(CohortRow, count).order_by(CohortRow.made_at, CohortRow.name)
            return [Cohort(row.name, row.code, row.track, n) for row, n in session.execute(query)]


def _open_row(session: Session, pseudonym: str, track: str) -> EnrolmentRow | None:
    return session.scalar(
        select(EnrolmentRow).where(
            EnrolmentRow.pseudonym == pseudonym,
            EnrolmentRow.track == track,
            EnrolmentRow.left_at.is_(None),
        )
    )


def _event(verb: Verb, row: EnrolmentRow, person: Person, now: datetime) -> Event:
    return Event(
        verb, now, person.zone, person.pseudonym, row.id, row.track, consent=person.consent
    )


def _enrolment(row: EnrolmentRow) -> Enrolment:
    return Enrolment(
        row.id, row.pseudonym, row.track, row.cohort, row.first_form, row.enrolled_at,
        row.baseline_at, row.completed_at, row.followed_up_at, row.certificate,
    )  # fmt: skip
