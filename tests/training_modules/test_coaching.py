"""A whole track, day after day, with a clock that is moved."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from foundation.clock import FixedClock
from foundation.database import Sessions, open_engine, open_sessions
from foundation.migrating import migrate
from tests.training_modules.sample import TRACK, module
from training_modules.coaching import Coaching
from training_modules.enrolling import Enrolling, Enrolment
from training_modules.module import Module, Track
from training_modules.open_sitting import Open
from training_modules.people import People, Person
from training_modules.rows import EventRow, MemoryRow, PersonRow, SittingRow, WordsRow
from training_modules.sitting import Kind, Sitting, Stage, StepKind, Taken

NAMES = ("values-01-sample", "values-02-sample")


class Shelf:
    """Two modules of one track; a module may be taken away."""

    def __init__(self) -> None:
        self.held = {name: module(name) for name in NAMES}

    def module(self, wanted: str) -> Module | None:
        return self.held.get(wanted)

    def track(self, wanted: str) -> Track | None:
        mine = Track(TRACK.id, TRACK.title, TRACK.about, TRACK.confidence, NAMES)
        return mine if wanted == TRACK.id else None

    def is_deliverable(self, module: Module) -> bool:
        return module.id in self.held


class School:
    """One trainee, their coach, their clock."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(datetime(2026, 3, 2, 1, tzinfo=UTC))
        engine = open_engine(f"sqlite:///{folder / 'school.db'}")
        migrate(engine, self.clock())
        self.sessions: Sessions = open_sessions(engine)
        self.engine = engine
        self.people = People(self.sessions, self.clock, "zh", "Asia/Shanghai")
        self.enrolling = Enrolling(self.sessions, self.clock, toss=lambda _: "A")
        self.shelf = Shelf()
        self.coaching = Coaching(self.sessions, self.clock, self.shelf)
        self.person: Person = self.people.change(self.people.meet("terminal", "li").id, consent=1)
        self.enrolling.join(self.person, TRACK.id)

    @property
    def enrolment(self) -> Enrolment:
        found = self.enrolling.current(self.person)
        assert found is not None
        return found

    def open(self, *, more: bool = False) -> Open | None:
        return self.coaching.open(self.person, self.enrolment, more=more)

    def tap(self, at: Open, value: str) -> Open:
        sitting = at.sitting
        found = self.coaching.tap(self.person, at.id, sitting.at, sitting.stage, value)
        assert found is not None
        return found

    def play(self, at: Open, answer: str = "b") -> Open:
        """Everything to the end, always with the same answer where it fits."""
        for _ in range(200):
            if at.sitting.is_over:
                return at
            at = self.step(at, answer)
        raise AssertionError("it does not end")

    def step(self, at: Open, answer: str) -> Open:
        self.clock.advance(timedelta(seconds=7))
        values = ["next", "skip", "done", "no", "2", answer, "a", "c", "true"]
        if at.sitting.step.kind is StepKind.SCALE:
            values = ["4"]
        for value in values:
            found = self.tap(at, value)
            if found.taken is Taken.TAKEN:
                return found
        raise AssertionError(at)

    def verbs(self) -> list[tuple[str, str]]:
        with self.sessions() as session:
            query = select(EventRow.verb, EventRow.phase).order_by(EventRow.number)
            return [(verb, phase) for verb, phase in session.execute(query)]

    def next_day(self, days: int = 1) -> None:
        self.clock.advance(timedelta(days=days))


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    made = School(tmp_path)
    yield made
    made.engine.dispose()


def played(school: School, kind: Kind) -> Open:
    found = school.open()
    assert found is not None
    assert found.kind is kind
    return school.play(found)


def test_a_track_from_the_first_day_to_the_look_back(school: School) -> None:
    played(school, Kind.BASELINE)
    played(school, Kind.MODULE)
    assert school.open() is None
    school.next_day()
    played(school, Kind.MODULE)
    played(school, Kind.POSTTEST)
    assert school.enrolment.completed_at is not None
    assert school.enrolment.certificate
    school.next_day(20)
    played(school, Kind.REVIEW)
    school.next_day(10)
    played(school, Kind.FOLLOWUP)
    school.next_day(5)

    verbs = school.verbs()
    assert verbs[0] == ("registered", "")
    assert verbs.count(("tested", "pre")) == verbs.count(("tested", "post")) == 1
    assert [verb for verb, _ in verbs].count("completed") == 2
    assert [verb for verb, _ in verbs].count("rated") == 3 + 3 + 3 + 2
    assert ("applied", "d30") in verbs
    assert ("finished", "end") in verbs


def test_only_one_module_a_day_unless_one_asks_for_more(school: School) -> None:
    played(school, Kind.BASELINE)
    played(school, Kind.MODULE)

    assert school.open() is None
    more = school.open(more=True)
    assert more is not None
    assert more.module == "values-02-sample"


def test_a_sitting_goes_on_where_it_was_left(school: School) -> None:
    begun = school.open()
    assert begun is not None
    further = school.step(begun, "b")
    school.next_day(3)

    again = school.open()

    assert again is not None
    assert (again.id, again.sitting.at) == (further.id, further.sitting.at)


def test_a_tap_that_comes_twice_counts_once(school: School) -> None:
    begun = school.open()
    assert begun is not None
    school.tap(begun, "4")
    twice = school.tap(begun, "4")

    assert twice.taken is Taken.LATE
    assert school.verbs().count(("rated", "pre")) == 1


def test_nobody_taps_in_somebody_elses_sitting(school: School) -> None:
    begun = school.open()
    assert begun is not None
    other = school.people.meet("terminal", "other")

    assert school.coaching.tap(other, begun.id, 0, Stage.ASK, "4") is None


def test_what_was_answered_comes_back(school: School) -> None:
    played(school, Kind.BASELINE)
    played(school, Kind.MODULE)
    school.next_day()

    second = school.open()

    assert second is not None
    reviews = [s for s in second.sitting.steps if s.phase == "review"]
    assert reviews
    assert len(reviews) <= 4


def test_a_module_that_is_gone_is_not_asked_for(school: School) -> None:
    played(school, Kind.BASELINE)
    played(school, Kind.MODULE)
    del school.shelf.held["values-01-sample"]
    school.next_day(40)

    found = school.open()

    assert found is not None
    assert found.module == "values-02-sample"
    assert all(step.module == "values-02-sample" for step in found.sitting.steps)
    with school.sessions() as session:
        assert session.scalars(select(MemoryRow)).all() == []


def test_words_answer_only_what_asks_for_words(school: School) -> None:
    assert school.coaching.say(school.person, "你好") is None
    begun = school.open()
    assert begun is not None

    said = school.coaching.say(school.person, "职业伦理是什么？")

    assert said is not None
    assert said.taken is Taken.WRONG


def test_who_is_forgotten_leaves_no_trace_but_numbers(school: School) -> None:
    played(school, Kind.BASELINE)
    found = school.open()
    assert found is not None
    while found.sitting.step.name != "r1":
        found = school.step(found, "b")
    school.coaching.say(school.person, "我的想法")

    school.people.forget(school.person)

    with school.sessions() as session:
        for table in (PersonRow, SittingRow, MemoryRow, WordsRow):
            assert session.scalars(select(table)).all() == []
    assert school.verbs()[-1][0] == "unregistered"
    assert school.people.meet("terminal", "li").pseudonym != school.person.pseudonym


def test_a_sitting_survives_its_row() -> None:
    sitting = Sitting((), 0)

    assert Sitting.from_json(sitting.as_json()) == sitting
