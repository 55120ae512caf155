"""The indicators of a small log, each beside what one reckons by hand."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from foundation.database import Sessions, open_engine, open_sessions
from foundation.migrating import migrate
from tests.training_modules.simulated_course import course
from tests.training_modules.small_log import START, SmallLog, empty
from training_modules.event import Phase, Verb
from training_modules.indicators import KEYS, Indicator, Period, indicators
from training_modules.indicators.calibration import sure_and_wrong
from training_modules.indicators.ledger import open_ledger

SEVEN = tuple(f"p{n}" for n in range(7))


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    migrate(engine, START)
    return open_sessions(engine)


@pytest.fixture(scope="module")
def emptied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('log') / 'log.db'}")
    migrate(engine, START)
    yield open_sessions(engine)
    engine.dispose()


def found(
    sessions: Sessions, period: Period | None = None, cohort: str | None = None
) -> dict[str, Indicator]:
    with sessions() as session:
        return {one.key: one for one in indicators(session, period, cohort, course().modules)}


def a_full_log() -> SmallLog:
    """Seven people with everything there is; the last three are leaders, of two regions."""
    log = SmallLog()
    log.join(*SEVEN[:2], region="浙江")
    log.join(*SEVEN[2:], region="四川", leader=True)
    for n, person in enumerate(SEVEN):
        log.say(person, Verb.OPENED, 1, module="values-01")
        log.test(person, 0.25 + 0.05 * n, 0.6 + 0.05 * n, 0.5 + 0.05 * n)
        for item in ("confidence-1", "confidence-2"):
            log.rate(person, item, 2 + n % 2, Phase.PRE, 0)
            log.rate(person, item, 4)
            log.rate(person, item.replace("confidence", "confidence-then"), 1 + n % 2)
        log.rate(person, "recommendation", (10, 9, 9, 8, 7, 6, 10)[n])
        log.rate(person, "relevance", (5, 4, 4, 3, 5, 5, 2)[n])
        log.answer(person, "q1", float(n > 0), 3)
        log.answer(person, "q2", float(n > 4), 2)
        log.answer(person, "d1", (0, 0.5, 1, 1, 1, 0.5, 1)[n], 2, "dilemma")
        log.answer(person, "q1", float(n % 2), 3, phase=Phase.REVIEW)
        log.finish(person, (0, 1, 2, 3, 4, 2, None)[n])
    return log


def test_every_indicator_is_there_in_its_order_and_named_in_both_languages(
    sessions: Sessions,
) -> None:
    a_full_log().write(sessions)

    with sessions() as session:
        told = indicators(session)

    assert [one.key for one in told] == list(KEYS)
    for one in told:
        for language in ("zh", "en"):
            assert one.name(language)
            assert one.strategy(language)
            assert one.found_by(language)


def test_an_empty_log_has_no_people_and_no_figures(sessions: Sessions) -> None:
    told = found(sessions)

    assert told["participants.people"].value == 0
    assert all(one.value in (None, 0, 4) and not one.is_suppressed for one in told.values())


def test_the_figures_are_those_reckoned_by_hand(sessions: Sessions) -> None:
    a_full_log().write(sessions)

    told = found(sessions)

    values = {key: (one.value, one.n, one.denominator) for key, one in told.items()}
    pre, post = np.arange(7) * 0.05 + 0.25, np.arange(7) * 0.05 + 0.6
    spread = (pre.std(ddof=1) + post.std(ddof=1)) / 2
    assert values["participants.people"] == (7, 7, None)
    assert values["participants.completion"] == (1, 7, 7)
    assert values["knowledge.gain"] == (pytest.approx(0.35), 7, 7)
    assert values["knowledge.class_gain"] == (pytest.approx(0.35 / 0.6), 7, 7)
    assert values["knowledge.effect"] == (pytest.approx(0.35 / spread), 7, 7)
    assert values["skill.practice"] == (pytest.approx(5 / 7), 7, 7)
    assert values["recall.practice"] == (pytest.approx(8 / 14), 7, 14)
    assert values["confidence.before_after"] == (pytest.approx(4 - 17 / 7), 7, 7)
    assert values["confidence.looking_back"] == (pytest.approx(4 - 10 / 7), 7, 7)
    assert values["retention.test"] == (pytest.approx(0.65 / 0.75), 7, 7)
    assert values["retention.review"] == (pytest.approx(3 / 7), 7, 7)
    assert values["recommendation.score"] == (pytest.approx(100 * 3 / 7), 7, 7)
    assert values["application.of_completers"] == (pytest.approx(4 / 6), 6, 6)
    assert values["application.of_respondents"] == (pytest.approx(4 / 6), 6, 6)
    assert values["relevance.top_two"] == (pytest.approx(5 / 7), 7, 7)
    assert values["reach.diversity"] == (pytest.approx(1 - (2 / 7) ** 2 - (5 / 7) ** 2), 7, 7)


def test_marks_by_certainty_are_those_of_their_table(sessions: Sessions) -> None:
    a_full_log().write(sessions)

    told = found(sessions)

    # First answers without cases: very sure 6 right and 1 wrong, then 3 and 4 in review; fairly
    # sure 2 right and 5 wrong.
    marks = 6 * 3 - 6 + 3 * 3 - 4 * 6 + 2 * 2 - 5 * 2
    assert told["calibration.mark"].value == pytest.approx(marks / 21)
    assert told["calibration.mark"].denominator == 21
    assert told["calibration.sure_and_wrong"].value == pytest.approx(5 / 21)
    with sessions() as session:
        assert sure_and_wrong(open_ledger(session, Period(), None)) == []


def test_what_five_people_got_wrong_while_very_sure_is_to_be_taught(sessions: Sessions) -> None:
    log = SmallLog()
    log.join(*SEVEN)
    for n, person in enumerate(SEVEN):
        log.answer(person, "q1", float(n > 4), 3)
        log.answer(person, "q2", float(n > 3), 3)
    log.write(sessions)

    with sessions() as session:
        told = sure_and_wrong(open_ledger(session, Period(), None))

    assert [(one.item, one.people, one.asked) for one in told] == [("q1", 5, 7)]


def test_leaders_are_not_told_where_the_others_are_too_few(sessions: Sessions) -> None:
    a_full_log().write(sessions)

    told = found(sessions)

    # Five of seven are leaders: their figures and those of all would tell of the other two.
    leaders = [one for key, one in told.items() if key.startswith("leaders.")]
    assert all(one.is_suppressed and one.value is None and one.n is None for one in leaders)


def test_leaders_are_told_beside_enough_others(sessions: Sessions) -> None:
    log = a_full_log()
    others = [f"q{n}" for n in range(5)]
    log.join(*others)
    for person in others:
        log.say(person, Verb.OPENED, 1, module="values-01")
        log.test(person, 0.5, 0.5)
    log.write(sessions)

    told = found(sessions)

    assert (told["leaders.people"].n, told["leaders.people"].denominator) == (5, 12)
    assert told["leaders.gain"].value == pytest.approx(0.35)
    assert told["knowledge.gain"].value == pytest.approx(0.35 * 7 / 12)


def test_four_people_are_too_few_for_any_figure(sessions: Sessions) -> None:
    log = SmallLog()
    log.join(*SEVEN[:4], cohort="small")
    for person in SEVEN[:4]:
        log.say(person, Verb.OPENED, 1, module="values-01")
        log.test(person, 0.2, 0.9)
        log.rate(person, "recommendation", 10)
    log.write(sessions)

    told = found(sessions, cohort="small")

    for key in ("participants.people", "knowledge.gain", "recommendation.score"):
        one = told[key]
        assert one.is_suppressed
        assert (one.value, one.n, one.low, one.before, one.cells) == (None, None, None, None, ())


def test_a_period_holds_what_ended_in_it_and_a_baseline_from_before(sessions: Sessions) -> None:
    a_full_log().write(sessions)
    day = START.date()

    early = found(sessions, Period.of_days(None, day + timedelta(days=10), "Asia/Shanghai"))
    late = found(sessions, Period.of_days(day + timedelta(days=10), None, "Asia/Shanghai"))

    assert early["knowledge.gain"].n == 0
    assert early["participants.people"].n == 7
    assert late["knowledge.gain"].n == 7
    assert late["participants.people"].n == 0
    assert late["skill.practice"].n == 0


def test_days_are_those_of_the_zone() -> None:
    period = Period.of_days(date(2026, 3, 1), date(2026, 3, 1), "Asia/Shanghai")

    assert period.holds(START.replace(day=1, hour=15))
    assert not period.holds(START.replace(day=1, hour=16))


def test_who_could_not_answer_yet_is_not_counted_as_silent(sessions: Sessions) -> None:
    log = SmallLog()
    log.join(*SEVEN)
    for person in SEVEN[:5]:
        log.finish(person, 3)
    log.finish(SEVEN[5], day=10)
    log.finish(SEVEN[6], day=40)
    log.write(sessions)

    told = found(sessions)

    used = told["application.of_completers"]
    assert (used.value, used.n, used.denominator) == (pytest.approx(5 / 6), 5, 6)
    assert told["application.of_respondents"].value == 1


def test_a_corrected_event_counts_nowhere(sessions: Sessions) -> None:
    log = a_full_log()
    log.join("wrong")
    opened = log.say("wrong", Verb.OPENED, 1, module="values-01")
    tests = [log.say("wrong", Verb.TESTED, day, phase=phase, score=score)
             for day, phase, score in ((0, "pre", 1.0), (20, "post", 0.0))]  # fmt: skip
    answer = log.answer("wrong", "q1", 0.0, 3)
    joined = next(e for e in log.events if (e.pseudonym, e.verb) == ("wrong", Verb.REGISTERED))
    for event in (opened, *tests, answer, joined):
        log.correct(event)
    log.write(sessions)
    corrected = found(sessions)
    empty(sessions)
    a_full_log().write(sessions)

    assert found(sessions) == corrected


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(emptied: Sessions, dice: object) -> None:
    log = a_full_log()
    log.correct(log.rate("p0", "relevance", 1))
    order = list(range(len(log.events)))
    dice.shuffle(order)  # type: ignore[attr-defined]
    told = []
    for chosen in (None, order):
        empty(emptied)
        log.write(emptied, chosen)
        told.append(found(emptied))

    assert told[0] == told[1]


def test_high_scores_before_are_warned_of(sessions: Sessions) -> None:
    log = SmallLog()
    log.join(*SEVEN)
    for person in SEVEN:
        log.test(person, 0.9, 1.0)
    log.write(sessions)

    assert found(sessions)["knowledge.class_gain"].warnings == ("ceiling",)


def test_somebody_in_two_tracks_counts_once(sessions: Sessions) -> None:
    log = SmallLog()
    log.join(*SEVEN)
    log.join(SEVEN[0], track="standards-and-quality")
    for person in SEVEN:
        log.test(person, 0.5, 0.7)
    for day, phase, score in ((0, "pre", 0.5), (20, "post", 0.5)):
        log.say(SEVEN[0], Verb.TESTED, day, track="standards-and-quality", phase=phase, score=score)
    log.write(sessions)

    gain = found(sessions)["knowledge.gain"]

    assert gain.n == 7
    assert gain.value == pytest.approx((6 * 0.2 + 0.1) / 7)


def test_the_scope_counts_approved_modules_in_their_areas(sessions: Sessions) -> None:
    scope = found(sessions)["scope.modules"]

    assert scope.value == 4
    assert {cell.key: cell.n for cell in scope.cells} == {
        "1/values": 1, "1/ethics": 2, "1/equality": 1, "3/planning": 1, "3/values": 1,
    }  # fmt: skip
