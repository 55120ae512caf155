"""A simulated cohort, written through the outcome log like a real one: for rehearsals and tests."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from foundation.database import Sessions
from foundation.wording import say
from training_modules import log
from training_modules.event import Event
from training_modules.rows import CohortRow, EnrolmentRow, PersonRow
from training_modules.simulated_learner import Course, Learner, Nature

__all__ = ["Course", "Simulation", "simulate"]

STORIES: Final = 8
# Where they come from, and how many of a hundred.
_REGIONS: Final = (
    ("浙江", 34), ("江苏", 20), ("四川", 14), ("广东", 12), ("陕西", 9), ("云南", 6), ("新疆", 4),
    ("西藏", 1),
)  # fmt: skip
_FAMILY: Final = "陈林周吴徐沈许何胡朱高谢唐冯彭"
_GIVEN: Final = "明慧思远静怡文博晓雯子涵立新若溪海燕志强雅琴书宁一诺"
_POSTS: Final = ("reference", "children", "collections", "director")
_LEADERS: Final = 0.22
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_IDS: Final = uuid.UUID("8a7c6f0e-5a35-5b6c-9c39-0f6f0a3f8d11")
# So many lives are held in memory at a time.
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Simulation:
    """What is to be simulated; the same seed makes the same people on every machine."""

    people: int
    seed: int = 1
    begin: date = date(2026, 3, 2)
    zone: str = "Asia/Shanghai"
    cohorts: tuple[str, ...] = ("2026 春季班", "2026 秋季班")


@dataclass(frozen=True, slots=True)
class _Born:
    number: int
    person: PersonRow
    enrolment: EnrolmentRow
    learner: Learner


def simulate(sessions: Sessions, courses: Sequence[Course], wanted: Simulation) -> int:
    """Write the people, their cohorts and all that they did; answers how many events."""
    written = 0
    with sessions.begin() as session:
        session.add_all(_cohorts(wanted, courses))
    for begin in range(0, wanted.people, _AT_ONCE):
        numbers = range(begin, min(begin + _AT_ONCE, wanted.people))
        with sessions.begin() as session:
            written += _some(session, [_born(n, courses, wanted) for n in numbers])
    return written


def _some(session: Session, born: Sequence[_Born]) -> int:
    events: list[Event] = []
    words: dict[str, str] = {}
    for one in born:
        events += one.learner.life()
        words |= one.learner.words
        _settle(one)
    _insert(session, [one.person for one in born])
    _insert(session, [one.enrolment for one in born])
    events.sort(key=lambda event: (event.at, event.enrolment))
    return log.append(session, events, words)


def _insert(session: Session, rows: Sequence[PersonRow | EnrolmentRow]) -> None:
    columns = rows[0].__table__.columns.keys()
    session.execute(
        insert(type(rows[0])), [{name: getattr(row, name) for name in columns} for row in rows]
    )


def _settle(one: _Born) -> None:
    """What the tables of enrolments know of a life that was lived."""
    moments, row = one.learner.moments, one.enrolment
    row.baseline_at = moments.get("baseline")
    row.completed_at = moments.get("completed")
    row.followed_up_at = moments.get("followed_up")
    if row.completed_at:
        dice = Random(row.id)  # noqa: S311
        row.certificate = "".join(dice.choice(_ALPHABET) for _ in range(10))


def _cohorts(wanted: Simulation, courses: Sequence[Course]) -> list[CohortRow]:
    made = datetime.combine(wanted.begin, time(9), ZoneInfo(wanted.zone))
    return [
        CohortRow(name=name, code=f"TRY{n:03}", track=courses[0].track.id, made_at=made)
        for n, name in enumerate(wanted.cohorts)
    ]


def _born(number: int, courses: Sequence[Course], wanted: Simulation) -> _Born:
    """A person and their enrolment, all drawn of the seed and their number."""
    dice = Random(f"{wanted.seed}/{number}")  # noqa: S311
    pseudonym = f"p_{dice.getrandbits(96):024x}"
    course = courses[number % len(courses)]
    cohort = number * len(wanted.cohorts) // wanted.people
    joined = _joining(dice, cohort, wanted)
    language = "en" if dice.random() < 0.15 else "zh"
    is_leader = dice.random() < _LEADERS
    region = dice.choices([r for r, _ in _REGIONS], [share for _, share in _REGIONS])[0]
    post = dice.choice(_POSTS)
    person = PersonRow(
        id=f"{number:012x}", channel="rehearsal", address=str(number), name=_name(dice),
        role="reader", language=language, zone=wanted.zone, pseudonym=pseudonym, post=post,
        is_emerging_leader=is_leader, region=region, hour=480, days="1234567", consent=1,
        consent_at=joined, created_at=joined, seen_at=joined, is_paused=False, calendar="",
        quiet_from=1320, quiet_until=420,
    )  # fmt: skip
    enrolment = EnrolmentRow(
        id=str(uuid.uuid5(_IDS, f"{wanted.seed}/{number}")), pseudonym=pseudonym,
        track=course.track.id, cohort=wanted.cohorts[cohort], first_form=dice.choice("AB"),
        post=post, region=region, is_emerging_leader=is_leader, enrolled_at=joined,
        left_because="",
    )  # fmt: skip
    told = [say(f"report.story.{n}", language) for n in range(1, STORIES + 1)]
    learner = Learner(
        dice, Nature.drawn(dice), course, pseudonym, enrolment.id, wanted.zone,
        enrolment.first_form, told, joined,
    )  # fmt: skip
    return _Born(number, person, enrolment, learner)


def _joining(dice: Random, cohort: int, wanted: Simulation) -> datetime:
    """In the first ten days of the cohort, in the morning; a cohort begins every half year."""
    day = wanted.begin + timedelta(days=182 * cohort + dice.randrange(10))
    at = time(8, dice.randrange(60), dice.randrange(60))
    return datetime.combine(day, at, ZoneInfo(wanted.zone)).astimezone(UTC)


def _name(dice: Random) -> str:
    return dice.choice(_FAMILY) + "".join(dice.sample(_GIVEN, dice.choice((1, 2))))
