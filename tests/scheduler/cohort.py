"""People, enrolments and what they did, as rows; a shelf and a courier that tests look into."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from foundation.clock import FixedClock
from foundation.database import Sessions, open_engine, open_sessions
from foundation.migrating import migrate
from scheduler.delivery import Delivery
from scheduler.roster import SqlRoster
from scheduler.rows import DeliveryRow
from scheduler.scheduling import Scheduling
from training_modules.event import Event, Verb
from training_modules.module import Bilingual, Module, Track
from training_modules.rows import EnrolmentRow, EventRow, PersonRow, SittingRow

TRACK = "values-and-ethics"
MODULES = tuple(f"values-{n:02}-lesson" for n in range(1, 13))
_WORD = Bilingual("词", "word")


@dataclass
class SmallShelf:
    """A shelf with one track; modules can be taken away from it."""

    modules: Sequence[str] = MODULES
    gone: set[str] = field(default_factory=set)

    def track(self, wanted: str) -> Track | None:
        return Track(TRACK, _WORD, _WORD, (), tuple(self.modules)) if wanted == TRACK else None

    def module(self, wanted: str) -> Module | None:
        if wanted in self.gone or wanted not in self.modules:
            return None
        return Module(wanted, TRACK, 1, _WORD, (), (), 1, 4, (), (), ())

    def is_deliverable(self, module: Module) -> bool:
        return module.id not in self.gone


@dataclass
class Witness:
    """A courier that remembers what it brought; `does` may raise instead."""

    brought: list[Delivery] = field(default_factory=list)
    does: Callable[[Delivery], None] = lambda _: None

    def deliver(self, delivery: Delivery) -> str:
        self.does(delivery)
        self.brought.append(delivery)
        return f"m{len(self.brought)}"

    @property
    def told(self) -> list[tuple[str, str, str]]:
        return [(d.person, str(d.kind), d.module) for d in self.brought]


@dataclass
class Stage:
    """A database with people, a clock that is moved by hand, and who brings what."""

    sessions: Sessions
    clock: FixedClock
    shelf: SmallShelf = field(default_factory=SmallShelf)
    witness: Witness = field(default_factory=Witness)

    @property
    def roster(self) -> SqlRoster:
        return SqlRoster(self.sessions, self.shelf)

    def scheduling(self, **values: Any) -> Scheduling:
        from scheduler.budget import Budget

        given = {"budget": Budget(rate=1e9), "courier": self.witness, **values}
        return Scheduling(self.sessions, self.roster, clock=self.clock, **given)

    def rows(self) -> list[DeliveryRow]:
        with self.sessions() as session:
            query = select(DeliveryRow).order_by(DeliveryRow.due_at, DeliveryRow.id)
            return list(session.scalars(query))

    def row(self) -> DeliveryRow:
        (row,) = self.rows()
        return row

    def change(self, person: str, **values: Any) -> None:
        with self.sessions.begin() as session:
            row = session.get_one(PersonRow, person)
            for key, value in values.items():
                setattr(row, key, value)

    def change_enrolment(self, enrolment: str, **values: Any) -> None:
        with self.sessions.begin() as session:
            row = session.get_one(EnrolmentRow, enrolment)
            for key, value in values.items():
                setattr(row, key, value)

    def begin(self, enrolment: str, day: date, *, ended: bool = False) -> None:
        now = self.clock()
        with self.sessions.begin() as session:
            session.add(
                SittingRow(
                    id=f"s-{enrolment}-{now.isoformat()}", enrolment=enrolment, pseudonym="x",
                    kind="module", local_date=day, begun_at=now, ended_at=now if ended else None,
                    state={},
                )
            )  # fmt: skip

    def complete(self, enrolment: str, module: str) -> None:
        self.write(Event(Verb.COMPLETED, self.clock(), "UTC", "p", enrolment, module=module))

    def write(self, event: Event) -> None:
        with self.sessions.begin() as session:
            count = len(session.scalars(select(EventRow.number)).all())
            values = {**event.as_json(), "at": event.at, "number": count + 1, "hash": ""}
            session.execute(insert(EventRow).values(values))


@contextmanager
def staged(url: str, now: datetime) -> Iterator[Stage]:
    engine = open_engine(url)
    migrate(engine, now)
    yield Stage(open_sessions(engine), FixedClock(now))
    engine.dispose()


def add_people(session: Session, people: Sequence[dict[str, Any]], now: datetime) -> None:
    """Each with an enrolment of the same id; `enrolment` holds values of that row."""
    session.execute(insert(PersonRow), [_person(one, now) for one in people])
    session.execute(insert(EnrolmentRow), [_enrolment(one, now) for one in people])


def _person(values: dict[str, Any], now: datetime) -> dict[str, Any]:
    key = values["id"]
    return {
        "channel": "telegram", "address": key, "name": "", "role": "reader", "language": "zh",
        "zone": "Asia/Shanghai", "pseudonym": f"p_{key}", "post": "", "is_emerging_leader": False,
        "region": "", "hour": 480, "days": "1234567", "calendar": "", "quiet_from": 1320,
        "quiet_until": 420, "consent": 1, "is_paused": False, "created_at": now, "seen_at": now,
        **{name: value for name, value in values.items() if name != "enrolment"},
    }  # fmt: skip


def _enrolment(values: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "id": values["id"], "pseudonym": values.get("pseudonym", f"p_{values['id']}"),
        "track": TRACK, "cohort": "2026", "first_form": "A", "post": "", "region": "",
        "is_emerging_leader": False, "enrolled_at": now, "baseline_at": now, "left_because": "",
        **values.get("enrolment", {}),
    }  # fmt: skip


def noon(day: int = 20) -> datetime:
    """Some time before everything that tests look at."""
    return datetime(2026, 11, day, 4, tzinfo=UTC)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """What a witness wrote, in whole lines; one that was killed may have begun another."""
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")
    return [json.loads(line) for line in lines[:-1]]
