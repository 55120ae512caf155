"""A small log with everything that is hard to export, in a database of its own."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, insert

from foundation.database import Sessions, open_sessions
from foundation.migrating import migrate
from tests.training_modules.events import NOON, answered
from training_modules import log
from training_modules.event import Event, Phase, Scale, Verb
from training_modules.rows import EnrolmentRow

FORMULA = '=HYPERLINK("http://evil","点我")'
STORY = "🏛 我们用上了\u202e右到左\n第二行, “引号” " + "长" * 10_000
HARD_NAMES = (FORMULA, "+1", "@SUM(A1)", "＝1+1", "\t=1", "-2+3", "🎓\u202eمرحبا", "班" * 10_000)
E1, E2 = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


def enrolment(id_: str, pseudonym: str, cohort: str | None = None, **values: Any) -> dict[str, Any]:
    return {
        "id": id_, "pseudonym": pseudonym, "track": "values-and-ethics", "cohort": cohort,
        "first_form": "A", "post": "", "region": "", "is_emerging_leader": False,
        "enrolled_at": NOON, "left_because": "",
    } | values  # fmt: skip


def small_log(engine: Engine) -> Sessions:
    """Two people: one of a cohort with a name that is a formula, one of none."""
    migrate(engine, NOON)
    sessions = open_sessions(engine)
    wrong = answered(3, enrolment=E1, correct=False, score=0.0, response="c", item="q9")
    shared = rated(Verb.APPLIED, "application", 3, 4, Phase.LATER, share=True, has_words=True)
    kept = rated(
        Verb.APPLIED, "application", 0, 4, Phase.LATER, share=False, has_words=True,
        enrolment=E2, pseudonym="p_2",
    )  # fmt: skip
    with sessions.begin() as session:
        session.execute(
            insert(EnrolmentRow),
            [enrolment(E1, "p_1", FORMULA, post=HARD_NAMES[6], region=HARD_NAMES[7]),
             enrolment(E2, "p_2", "春季班")],
        )  # fmt: skip
        log.append(session, [*_events(), wrong, shared, kept],
                   {shared.id: STORY, kept.id: "只给自己看"})  # fmt: skip
        log.correct(session, wrong.id, NOON)
    return sessions


def _events() -> Sequence[Event]:
    return (
        answered(0, verb=Verb.REGISTERED, enrolment=E1, module="", item=""),
        answered(1, enrolment=E1, phase=Phase.PRE, score=0.5),
        answered(2, enrolment=E1, response="-2", item="n1", item_type="numeric"),
        answered(1, enrolment=E2, pseudonym="p_2", response=FORMULA, certainty=3, correct=False,
                 score=0.0),
        answered(5, verb=Verb.SKIPPED, enrolment=E2, pseudonym="p_2", correct=None, score=None,
                 certainty=None, response="", at=NOON + timedelta(days=3, hours=13)),
        answered(1, verb=Verb.TESTED, enrolment=E1, phase=Phase.PRE, module="", item="", score=0.4),
        answered(1, verb=Verb.TESTED, enrolment=E1, phase=Phase.POST, module="", item="",
                 score=0.9),
        rated(Verb.RATED, f"{Scale.CONFIDENCE}-2", 4, 5, Phase.PRE),
        rated(Verb.RATED, f"{Scale.CONFIDENCE_THEN}-2", 2, 5, Phase.END),
        rated(Verb.RATED, Scale.RECOMMENDATION, 9, 10, Phase.END, enrolment=E2, pseudonym="p_2"),
    )  # fmt: skip


def rated(verb: Verb, item: str, rating: int, top: int, phase: Phase, **values: Any) -> Event:
    given: dict[str, Any] = {
        "verb": verb, "module": "", "module_version": 0, "item": item, "item_type": "likert",
        "phase": phase, "rating": rating, "scale_max": top, "response": str(rating),
        "correct": None, "score": None, "certainty": None, "enrolment": E1, "attempt": 1,
    }  # fmt: skip
    return answered(7, **(given | values))
