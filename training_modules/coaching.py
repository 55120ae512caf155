"""Coaching: opens the sitting that is due, takes what a person taps or writes, ends it."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.clock import Clock
from foundation.database import Sessions
from training_modules import agenda, memories, moving
from training_modules.enrolling import Enrolment, new_code
from training_modules.module import Item, Module, Track
from training_modules.next_up import Offer, Standing, next_up
from training_modules.open_sitting import Open, as_open, newest
from training_modules.people import Person, new_id
from training_modules.rows import EnrolmentRow, SittingRow
from training_modules.sitting import Advance, Kind, Record, Sitting, Taken
from training_modules.spacing import DAILY_REVIEWS
from training_modules.writing_down import Writer, is_remembered
from training_modules.zones import place


class Modules(Protocol):
    """What coaching needs of the shelf: only what may be delivered is there."""

    def module(self, wanted: str) -> Module | None: ...

    def track(self, wanted: str) -> Track | None: ...

    def is_deliverable(self, module: Module) -> bool: ...


@dataclass(frozen=True)
class Coaching:
    """Everything a trainee does between `/today` and the last tap."""

    sessions: Sessions
    clock: Clock
    shelf: Modules

    def today(self, person: Person) -> date:
        return self.clock().astimezone(place(person.zone)).date()

    def offer(self, person: Person, enrolment: Enrolment, *, more: bool = False) -> Offer:
        with self.sessions() as session:
            return next_up(self.standing(session, person, enrolment), more=more)

    def open(
        self, person: Person, enrolment: Enrolment, *, more: bool = False, delivery: str = ""
    ) -> Open | None:
        """The sitting that was begun and not ended, else the one that is due; None is done."""
        with self.sessions.begin() as session:
            row = self._unfinished(session, person, enrolment)
            if row is not None:
                return as_open(row)
            offer = next_up(self.standing(session, person, enrolment), more=more)
            if offer.kind is None:
                return None
            sitting = self._planned(session, person, enrolment, offer)
            return self._begin(session, person, enrolment, offer, sitting, delivery)

    def current(self, person: Person) -> Open | None:
        """The sitting a person is in, to know what their words belong to."""
        with self.sessions() as session:
            row = session.scalar(newest(person.pseudonym))
            return as_open(row) if row is not None and row.ended_at is None else None

    def tap(self, person: Person, sitting: str, at: int, stage: str, value: str) -> Open | None:
        with self.sessions.begin() as session:
            row = self._locked(session, sitting, person)
            if row is None:
                return None
            before = Sitting.from_json(row.state)
            if row.ended_at is not None:
                return as_open(row, Taken.LATE)
            advance = moving.tap(before, at, stage, value, self.item, self.clock())
            return self._written(session, person, row, advance)

    def say(self, person: Person, words: str) -> Open | None:
        """Words as an answer; None when no sitting waits for any."""
        current = self.current(person)
        if current is None:
            return None
        with self.sessions.begin() as session:
            row = self._locked(session, current.id, person)
            if row is None or row.ended_at is not None:
                return None
            before = Sitting.from_json(row.state)
            advance = moving.say(before, words, self.item, self.clock())
            return self._written(session, person, row, advance)

    def put_aside(self, person: Person) -> None:
        """End the sitting somebody is in; what they answered stays."""
        with self.sessions.begin() as session:
            row = session.scalar(newest(person.pseudonym))
            if row is not None and row.ended_at is None:
                self._close(session, person, row)

    def item(self, module: str, name: str) -> Item | None:
        found = self.shelf.module(module)
        return found.item(name) if found else None

    def modules(self, track: Track) -> list[Module]:
        found = [self.shelf.module(module) for module in track.modules]
        return [m for m in found if m is not None and self.shelf.is_deliverable(m)]

    def standing(self, session: Session, person: Person, enrolment: Enrolment) -> Standing:
        zone, today = place(person.zone), self.today(person)
        track = self.shelf.track(enrolment.track)
        done = session.execute(
            select(SittingRow.module, SittingRow.ended_at, SittingRow.state).where(
                SittingRow.enrolment == enrolment.id, SittingRow.kind == Kind.MODULE,
                SittingRow.ended_at.is_not(None),
            )
        ).all()  # fmt: skip
        through = [(m, at) for m, at, state in done if Sitting.from_json(state).is_over]
        days = [_day(at, zone) for _, at in through if at is not None]
        finished = enrolment.completed_at
        return Standing(
            today, [m.id for m in self.modules(track)] if track else [],
            frozenset(m for m, _ in through), enrolment.baseline_at is not None,
            _day(finished, zone) if finished else None, enrolment.followed_up_at is not None,
            max(days, default=None), memories.count_due(session, person.pseudonym, today),
        )  # fmt: skip

    def _planned(
        self, session: Session, person: Person, enrolment: Enrolment, offer: Offer
    ) -> Sitting:
        track = self.shelf.track(enrolment.track)
        module = self.shelf.module(offer.module)
        modules = self.modules(track) if track else []
        if offer.kind is Kind.BASELINE and track:
            return agenda.baseline(track, modules, enrolment.first_form)
        if offer.kind is Kind.POSTTEST and track:
            return agenda.posttest(track, modules, enrolment.second_form)
        if offer.kind is Kind.FOLLOWUP:
            return agenda.followup(modules, enrolment.second_form)
        due = self._due(session, person)
        return agenda.lesson(module, due) if module else agenda.review(due)

    def _due(self, session: Session, person: Person) -> list[tuple[str, Item]]:
        """Due items that are still there; of the others nothing is asked any more."""
        found: list[tuple[str, Item]] = []
        today = self.today(person)
        for module, name in memories.due(session, person.pseudonym, today, DAILY_REVIEWS):
            item = self.item(module, name)
            if item is None:
                memories.drop(session, person.pseudonym, module, name)
            else:
                found.append((module, item))
        return found

    def _begin(
        self, session: Session, person: Person, enrolment: Enrolment, offer: Offer,
        sitting: Sitting, delivery: str,
    ) -> Open | None:  # fmt: skip
        if sitting.is_over or offer.kind is None:
            return None
        now = self.clock()
        row = SittingRow(
            id=new_id()[:8], enrolment=enrolment.id, pseudonym=person.pseudonym,
            kind=str(offer.kind), module=offer.module, delivery=delivery,
            local_date=self.today(person), begun_at=now,
            state=moving.begun(sitting, now).as_json(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        self._writer(session, person, row).opened()
        return as_open(row)

    def _unfinished(
        self, session: Session, person: Person, enrolment: Enrolment
    ) -> SittingRow | None:
        row = session.scalar(newest(person.pseudonym))
        if row is None or row.ended_at is not None or row.enrolment != enrolment.id:
            return None
        # Reviews of another day are planned anew; everything else waits as it was left.
        if row.kind == Kind.REVIEW and row.local_date != self.today(person):
            self._close(session, person, row)
            return None
        return row

    def _locked(self, session: Session, sitting: str, person: Person) -> SittingRow | None:
        query = select(SittingRow).where(
            SittingRow.id == sitting, SittingRow.pseudonym == person.pseudonym
        )
        row: SittingRow | None = session.scalar(query.with_for_update())
        return row

    def _written(self, session: Session, person: Person, row: SittingRow, advance: Advance) -> Open:
        """The place and what is to be written down, in one transaction."""
        if advance.taken is not Taken.TAKEN:
            return as_open(row, advance.taken)
        self._write(session, person, row, advance.record)
        row.state = advance.sitting.as_json()
        if advance.sitting.is_over:
            self._end(session, person, row, advance.sitting)
        return as_open(row, advance.taken, advance.record)

    def _write(
        self, session: Session, person: Person, row: SittingRow, record: Record | None
    ) -> None:
        if record is None:
            return
        self._writer(session, person, row).record(record)
        if is_remembered(record, self.item(record.step.module, record.step.name)):
            today = self.today(person)
            memories.remember(session, person.pseudonym, row.enrolment, record, today)

    def _end(self, session: Session, person: Person, row: SittingRow, sitting: Sitting) -> None:
        now = row.ended_at = self.clock()
        self._writer(session, person, row).ended(sitting)
        enrolment = session.get_one(EnrolmentRow, row.enrolment)
        if row.kind == Kind.BASELINE:
            enrolment.baseline_at = now
        if row.kind == Kind.POSTTEST:
            enrolment.completed_at, enrolment.certificate = now, new_code() + new_code()
        if row.kind == Kind.FOLLOWUP:
            enrolment.followed_up_at = now

    def _close(self, session: Session, person: Person, row: SittingRow) -> None:
        sitting = Sitting.from_json(row.state)
        self._write(session, person, row, moving.closed(sitting, self.item))
        row.ended_at = self.clock()

    def _writer(self, session: Session, person: Person, row: SittingRow) -> Writer:
        track = session.get_one(EnrolmentRow, row.enrolment).track
        return Writer(session, person, row, track, self.clock(), self.shelf.module)


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()
