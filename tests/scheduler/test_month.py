"""Five weeks of fifty people in three zones, as a calendar that a person can read."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.delivery import Delivery, Kind
from tests.golden import check_golden
from tests.scheduler.cohort import Stage, add_people, staged

# The Chinese national holidays with a worked Saturday after them, and two nights of turned clocks.
_FIRST = date(2026, 10, 1)
_DAYS = 36
_BEGIN = datetime(2026, 9, 30, 12, tzinfo=UTC)
_ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York")
_HABITS = ("same day", "next day", "every third", "silent", "comes back", "away", "blocks")
_LETTERS = {
    Kind.BASELINE: "b", Kind.MODULE: "m", Kind.REVIEW: "v", Kind.POSTTEST: "t",
    Kind.FOLLOWUP: "f",
}  # fmt: skip


@dataclass
class Person:
    name: str
    zone: str
    hour: int
    days: str
    calendar: str
    habit: str
    cells: dict[date, str] = field(default_factory=dict)
    todo: list[Delivery] = field(default_factory=list)

    def local(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.zone)).date()

    def line(self) -> str:
        days = [_FIRST + timedelta(days=n) for n in range(_DAYS)]
        cells = "".join(self.cells.get(day, ".").ljust(2) for day in days).rstrip()
        hour = f"{self.hour // 60:02}:{self.hour % 60:02}"
        when = "workdays" if self.calendar else self.days
        return f"{self.name:4}{self.zone:17}{hour:6}{when:9}{self.habit:12}{cells}"


def cohort() -> list[Person]:
    made = []
    for n, (zone, habit) in zip(range(48), [*product(_ZONES, _HABITS)] * 3, strict=False):
        days = ("1234567", "12345", "246")[n % 3]
        calendar = "cn" if zone == "Asia/Shanghai" and days == "12345" else ""
        hour = (480, 450, 1170, 30)[n % 4]
        made.append(Person(f"p{n:02}", zone, hour, days, calendar, habit))
    # Two who finished before: one answers the question, one does not.
    made.append(Person("q00", _ZONES[0], 480, "1234567", "", "same day"))
    made.append(Person("q01", _ZONES[1], 480, "12345", "", "silent"))
    return made


def finish(stage: Stage, delivery: Delivery) -> None:
    """What `delivery` is about is done."""
    now = stage.clock()
    about = delivery.module or str(delivery.kind)
    instant = {"baseline": "baseline_at", "posttest": "completed_at", "followup": "followed_up_at"}
    stage.begin(delivery.enrolment, delivery.local_date, ended=True)
    if about in instant:
        stage.change_enrolment(delivery.enrolment, **{instant[about]: now})
    else:
        stage.complete(delivery.enrolment, about)


def lived(stage: Stage, person: Person, delivery: Delivery) -> None:
    """What people do with what they get."""
    day = (delivery.local_date - _FIRST).days
    finishes = {
        "same day": True, "next day": delivery.kind is Kind.REMINDER, "every third": day % 3 == 0,
        "away": True, "blocks": True,
    }  # fmt: skip
    if person.habit == "away" and day == 8:
        stage.change(person.name, paused_until=_FIRST + timedelta(days=15))
    if person.habit == "blocks" and day >= 5:
        stage.change(person.name, blocked_at=stage.clock())
    if finishes.get(person.habit):
        finish(stage, delivery)


def play(stage: Stage, people: dict[str, Person]) -> None:
    scheduling, seen = stage.scheduling(), 0
    for _ in range((_DAYS + 1) * 24):
        stage.clock.advance(timedelta(hours=1))
        scheduling.tick()
        for delivery in stage.witness.brought[seen:]:
            person = people[delivery.person]
            cell = person.cells.get(delivery.local_date, "")
            letter = _LETTERS.get(delivery.kind, "'")
            mark = str(delivery.number) if delivery.kind is Kind.REMINDER else letter
            person.cells[delivery.local_date] = cell + mark
            if delivery.kind not in (Kind.NOTE, Kind.DIGEST):
                lived(stage, person, delivery)
        seen = len(stage.witness.brought)
        come_back(stage, people)
    scheduling.close()


def come_back(stage: Stage, people: dict[str, Person]) -> None:
    for person in people.values():
        if person.habit == "comes back" and stage.clock() == _BEGIN + timedelta(days=20):
            stage.change(person.name, is_paused=False, resumed_at=stage.clock())


def calendar(people: dict[str, Person]) -> str:
    days = [_FIRST + timedelta(days=n) for n in range(_DAYS)]
    head = " " * 48
    lines = [
        "b first test, m lesson, 1 2 reminders, t last test, f a month later, ' weekly note",
        "",
        head + "".join(f"{day.day:<2}" for day in days).rstrip(),
        head + "".join(f"{'MTWTFSS'[day.weekday()]:2}" for day in days).rstrip(),
        *(person.line() for person in people.values()),
    ]
    return "\n".join(lines) + "\n"


def rows_of(people: list[Person]) -> list[dict[str, object]]:
    def completed(person: Person) -> dict[str, object]:
        if person.name[0] == "p":
            return {"baseline_at": None}
        return {"completed_at": _BEGIN - timedelta(days=20)}

    return [
        {
            "id": p.name, "zone": p.zone, "hour": p.hour, "days": p.days, "calendar": p.calendar,
            "enrolment": completed(p),
        }
        for p in people
    ]  # fmt: skip


def test_five_weeks_of_fifty_people_are_as_they_were_read_and_found_right_golden(
    tmp_path: Path,
) -> None:
    people = {person.name: person for person in cohort()}
    with staged(f"sqlite:///{tmp_path / 'libcoach.db'}", _BEGIN) as stage:
        with stage.sessions.begin() as session:
            add_people(session, rows_of(list(people.values())), _BEGIN)
        play(stage, people)

        check_golden("schedule/month.txt", calendar(people))
        daily = [d for d in stage.witness.brought if d.kind is not Kind.NOTE]
        assert len({(d.person, d.local_date) for d in daily}) == len(daily)
        assert all(_is_at_a_good_hour(people[d.person], d) for d in stage.witness.brought)


def _is_at_a_good_hour(person: Person, delivery: Delivery) -> bool:
    local = delivery.due_at.astimezone(ZoneInfo(person.zone))
    return local.date() == delivery.local_date and 7 <= local.hour < 22
