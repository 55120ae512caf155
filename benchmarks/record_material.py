"""Events as ten thousand trainees leave them: a hundred each, for measuring the outcome log."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from sqlalchemy import insert

from foundation.database import Sessions
from training_modules.event import Event, Phase, Scale, Verb
from training_modules.rows import EnrolmentRow

BEGIN: Final = datetime(2026, 3, 2, tzinfo=UTC)
TRACK: Final = "values-and-ethics"
MODULES: Final = 15
PRACTICE: Final = 4
_TEST: Final = 4


def events(people: int, seed: int = 1) -> Iterator[Event]:
    """A hundred events a person, people one after another."""
    dice = Random(seed)
    for number in range(people):
        yield from _life(number, dice)


def enrol(sessions: Sessions, people: int) -> None:
    with sessions.begin() as session:
        session.execute(insert(EnrolmentRow), [_enrolled(n) for n in range(people)])


def _enrolment(number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, str(number)))


def _enrolled(number: int) -> dict[str, object]:
    return {
        "id": _enrolment(number), "pseudonym": f"p_{number:024x}", "track": TRACK,
        "cohort": f"班级 {number // 200}", "first_form": "AB"[number % 2], "post": "reference",
        "region": "浙江", "is_emerging_leader": number % 5 == 0, "enrolled_at": BEGIN,
        "baseline_at": BEGIN, "completed_at": BEGIN + timedelta(days=30), "left_because": "",
    }  # fmt: skip


def _life(number: int, dice: Random) -> Iterator[Event]:
    ability = dice.random()
    for minute, (verb, module, item, phase) in enumerate(_steps()):
        at = BEGIN + timedelta(days=minute // 4, minutes=minute, milliseconds=number)
        answered, rated = verb is Verb.ANSWERED, verb is Verb.RATED
        correct = dice.random() < 0.3 + 0.6 * ability if answered else None
        yield Event(
            verb, at, "Asia/Shanghai", f"p_{number:024x}", _enrolment(number), TRACK, module, 1,
            item, "choice" if answered else "", phase, 1, f"s{minute // 5}",
            response=dice.choice("abc") if answered else "", correct=correct,
            score=float(correct) if answered else None,
            certainty=dice.choice((1, 2, 3)) if answered else None,
            rating=dice.randint(1, 5) if rated else None, scale_max=5 if rated else None,
            seconds=round(dice.uniform(2, 60), 2) if answered else None, consent=1,
        )  # fmt: skip


def _steps() -> Iterator[tuple[Verb, str, str, str]]:
    yield Verb.REGISTERED, "", "", ""
    yield from ((Verb.ANSWERED, f"values-{n:02}", "a1", Phase.PRE) for n in range(_TEST))
    for n in range(MODULES):
        module = f"values-{n:02}"
        yield Verb.OPENED, module, "", ""
        yield from ((Verb.ANSWERED, module, f"q{k}", Phase.PRACTICE) for k in range(PRACTICE))
        yield Verb.COMPLETED, module, "", ""
    yield from ((Verb.ANSWERED, f"values-{n:02}", "b1", Phase.POST) for n in range(_TEST))
    yield Verb.RATED, "", Scale.RELEVANCE, Phase.END
