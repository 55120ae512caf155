from collections.abc import Sequence
from random import Random

import pytest
from scipy.stats import pearsonr
from sqlalchemy import Engine

from foundation.database import open_sessions
from foundation.migrating import migrate
from tests.training_modules.events import NOON, answered
from training_modules import log
from training_modules.event import Event, Phase, Verb
from training_modules.indicators.ledger import open_ledger
from training_modules.indicators.period import Period
from training_modules.item_statistics import ItemStatistics, item_statistics
from training_modules.module import Bilingual, Item, ItemType, Module, Option

TEXT = Bilingual("文", "text")
OPTIONS = tuple(Option(letter, TEXT, TEXT, float(letter == "b")) for letter in "abcd")
MODULE = Module(
    "values-01-core-values", "values-and-ethics", 1, TEXT, (TEXT,), ("values",), 1, 4, (), (),
    (Item("q1", ItemType.CHOICE, TEXT, OPTIONS, ("b",)),),
)  # fmt: skip


def statistics(engine: Engine, events: Sequence[Event]) -> dict[str, ItemStatistics]:
    migrate(engine, NOON)
    sessions = open_sessions(engine)
    with sessions.begin() as session:
        log.append(session, events)
    with sessions() as session:
        ledger = open_ledger(session, Period(), None)
        found = item_statistics(ledger, {MODULE.id: MODULE}.get)
        return {one.item: one for one in found}


def said(person: int, item: str, *, right: bool, **values: object) -> Event:
    given = {"attempt": 1, "correct": right, "score": float(right), "certainty": 1}
    given |= {"response": "b" if right else "a", "item": item, "seconds": 10.0}
    return answered(1, pseudonym=f"p_{person}", enrolment=f"e_{person}", **(given | values))


def test_the_figures_are_those_of_textbooks(engine: Engine) -> None:
    dice = Random(7)
    answers = []
    for _ in range(60):
        able = dice.random()
        answers.append([dice.random() < able for _ in range(5)])
    events = [
        said(p, f"q{n + 1}", right=right)
        for p, of_one in enumerate(answers)
        for n, right in enumerate(of_one)
    ]

    found = statistics(engine, events)

    for n in range(5):
        scores = [float(of_one[n]) for of_one in answers]
        rests = [(sum(of_one) - of_one[n]) / 4 for of_one in answers]
        one = found[f"q{n + 1}"]
        assert one.first_attempts == 60
        assert one.difficulty == pytest.approx(sum(scores) / 60, abs=1e-4)
        assert one.discrimination == pytest.approx(pearsonr(scores, rests)[0], abs=1e-4)
        assert one.mean_seconds == 10


def test_below_thirty_first_attempts_nothing_is_said(engine: Engine) -> None:
    found = statistics(engine, [said(p, "q1", right=True) for p in range(29)])

    assert found["q1"].first_attempts == 29
    assert found["q1"].difficulty is None
    assert found["q1"].flags == ()


def test_only_first_attempts_count_and_reviews_are_none(engine: Engine) -> None:
    firsts = [said(p, "q1", right=True) for p in range(30)]
    later = [said(p, "q1", right=False, attempt=2) for p in range(30)]
    reviews = [said(p, "q1", right=False, phase=Phase.REVIEW) for p in range(30)]
    skips = [said(p + 100, "q1", right=False, verb=Verb.SKIPPED) for p in range(30)]

    one = statistics(engine, [*firsts, *later, *reviews, *skips])["q1"]

    assert (one.first_attempts, one.difficulty) == (30, 1.0)


def test_too_easy_and_options_that_nobody_takes_are_flagged(engine: Engine) -> None:
    events = [said(p, "q1", right=p > 0) for p in range(40)]

    one = statistics(engine, events)["q1"]

    assert dict(one.shares) == {"a": 0.025, "b": 0.975, "c": 0.0, "d": 0.0}
    assert set(one.flags) == {
        "too_easy", "rarely_chosen:a", "rarely_chosen:c", "rarely_chosen:d"
    }  # fmt: skip


def test_too_hard_and_sure_and_wrong_are_flagged(engine: Engine) -> None:
    events = [said(p, "x1", right=p < 5, certainty=3) for p in range(40)]

    one = statistics(engine, events)["x1"]

    assert one.sure_and_wrong == 0.875
    assert set(one.flags) == {"too_hard", "sure_and_wrong"}


def test_an_item_that_the_weak_get_right_tells_little(engine: Engine) -> None:
    events = [said(p, "x1", right=p % 2 == 0) for p in range(40)]
    events += [said(p, "x2", right=p % 2 == 1) for p in range(40)]

    one = statistics(engine, events)["x1"]

    assert one.discrimination == -1
    assert one.flags == ("tells_little",)


def test_versions_of_an_item_are_told_apart(engine: Engine) -> None:
    events = [said(p, "q1", right=True, module_version=1 + p % 2) for p in range(30)]
    migrate(engine, NOON)
    sessions = open_sessions(engine)
    with sessions.begin() as session:
        log.append(session, events)

    with sessions() as session:
        found = list(item_statistics(open_ledger(session, Period(), None), {}.get))

    assert [(one.version, one.first_attempts) for one in found] == [(1, 15), (2, 15)]
