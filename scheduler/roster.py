"""The roster out of the tables of people, enrolments, sittings, events and deliveries."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true, tuple_, update

from foundation.database import Sessions
from scheduler.delivery import Delivery
from scheduler.learner import Administrator, Learner
from scheduler.local_time import zone_of
from scheduler.objecting import objections
from scheduler.standing import Page, learners_of
from scheduler.ways import Modules, Ways
from scheduler.windows import crossed
from training_modules.rows import EnrolmentRow, PersonRow

PAGE: Final = 1000
# Reviews go on so long after a track; then only those who enrol anew hear of us.
_AFTERWARDS: Final = timedelta(days=400)
ADMINISTRATOR: Final = "administrator"


@dataclass
class SqlRoster:
    """Who learns, as the database has it; `channels` are those that something can be sent on.

    `named` are the addresses of administrators that the settings name.
    """

    sessions: Sessions
    shelf: Modules
    channels: Collection[str] | None = None
    page: int = PAGE
    named: Collection[tuple[str, str]] = ()

    def pages(self, now: datetime, since: datetime | None) -> Iterator[Sequence[Learner]]:
        """Whom nothing is to be sent to is left out, except where everybody is asked for."""
        wanted: list[ColumnElement[bool]] = [
            PersonRow.is_paused.is_(False),
            PersonRow.blocked_at.is_(None),
        ]
        if since is not None:
            wanted.append(self._whose_moment_came(now, since))
        yield from self._pages(now, and_(*wanted))

    def everybody(self, now: datetime) -> Iterator[Sequence[Learner]]:
        """Also those who paused or blocked us, to say why they get nothing."""
        yield from self._pages(now, true())

    def of(self, person: str, now: datetime) -> list[Learner]:
        """The enrolments of one person."""
        return [one for page in self._pages(now, PersonRow.id == person) for one in page]

    def administrators(self) -> Sequence[Administrator]:
        query = select(PersonRow.id, PersonRow.zone, PersonRow.language, PersonRow.blocked_at)
        named = tuple_(PersonRow.channel, PersonRow.address).in_(list(self.named))
        is_one = (
            or_(PersonRow.role == ADMINISTRATOR, named)
            if self.named
            else (PersonRow.role == ADMINISTRATOR)
        )
        query = query.where(is_one).order_by(PersonRow.id)
        if self.channels is not None:
            query = query.where(PersonRow.channel.in_(self.channels))
        with self.sessions() as session:
            return [Administrator(*row) for row in session.execute(query)]

    def objections(self, deliveries: Collection[Delivery], now: datetime) -> Mapping[str, str]:
        with self.sessions() as session:
            return objections(session, deliveries, now)

    def pause(self, people: Collection[str], now: datetime) -> None:  # noqa: ARG002
        with self.sessions.begin() as session:
            session.execute(
                update(PersonRow).where(PersonRow.id.in_(people)).values(is_paused=True)
            )

    def block(self, person: str, now: datetime) -> None:
        with self.sessions.begin() as session:
            session.execute(update(PersonRow).where(PersonRow.id == person).values(blocked_at=now))

    def without_person(self) -> list[str]:
        """Enrolments that nobody belongs to, though nobody left them."""
        query = (
            select(EnrolmentRow.id)
            .outerjoin(PersonRow, PersonRow.pseudonym == EnrolmentRow.pseudonym)
            .where(PersonRow.id.is_(None), EnrolmentRow.left_at.is_(None))
            .where(EnrolmentRow.completed_at.is_(None))
            .order_by(EnrolmentRow.id)
        )
        with self.sessions() as session:
            return list(session.scalars(query))

    def _whose_moment_came(self, now: datetime, since: datetime) -> ColumnElement[bool]:
        with self.sessions() as session:
            names = session.scalars(select(PersonRow.zone).distinct()).all()
        found: list[ColumnElement[bool]] = [false()]
        for name in names:
            zone = zone_of(name)
            window = crossed(zone, since, now) if zone else ()
            if window is None:
                found.append(PersonRow.zone == name)
            elif window:
                hours = (PersonRow.hour.between(*window), PersonRow.quiet_until.between(*window))
                found.append(and_(PersonRow.zone == name, or_(*hours)))
        return or_(*found)

    def _pages(self, now: datetime, wanted: ColumnElement[bool]) -> Iterator[Sequence[Learner]]:
        ways, last = Ways(self.shelf), ""
        while True:
            with self.sessions() as session:
                rows = session.execute(self._people(now, wanted, last)).all()
                if not rows:
                    return
                last = rows[-1].person
                found = learners_of(Page(session, ways, self.channels, now), rows)
            yield found

    def _people(
        self, now: datetime, wanted: ColumnElement[bool], last: str
    ) -> Select[*tuple[Any, ...]]:
        """A page of people with their enrolments; those without one come along with none."""
        # Tables, not classes: of a hundred thousand rows no objects are made in between.
        p, e = PersonRow.__table__.c, EnrolmentRow.__table__.c
        people = select(p.id).where(p.id > last, wanted).order_by(p.id).limit(self.page)
        is_open = or_(e.completed_at.is_(None), e.completed_at > now - _AFTERWARDS)
        belongs = and_(e.pseudonym == p.pseudonym, e.left_at.is_(None), is_open)
        # The first ones are the first fields of a learner, in their order.
        return (
            select(
                e.id, p.id.label("person"), p.zone, p.hour, e.enrolled_at, p.days, p.calendar,
                p.quiet_from, p.quiet_until, p.language, p.is_paused, p.paused_until,
                p.blocked_at.is_not(None), e.baseline_at.is_not(None), e.completed_at,
                e.followed_up_at.is_not(None), e.track, p.channel, p.resumed_at,
            )
            .select_from(PersonRow.__table__.outerjoin(EnrolmentRow.__table__, belongs))
            .where(p.id.in_(people.scalar_subquery()))
            .order_by(p.id, e.enrolled_at, e.id)
        )  # fmt: skip
