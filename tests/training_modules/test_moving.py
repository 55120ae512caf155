"""A sitting always ends, loses no answer and counts none twice, whatever is tapped."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training_modules.sample import (
    CHOICE,
    DILEMMA,
    EVERY,
    MULTI,
    NUMERIC,
    ORDER,
    REFLECTION,
    TRACK,
    module,
)
from training_modules import agenda, moving
from training_modules.module import Item
from training_modules.sitting import Advance, Record, Sitting, Stage, Step, StepKind, Taken

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
MODULE = module()
LESSON = agenda.lesson(module("values-01-sample", *EVERY), [])
SITTINGS = (
    LESSON,
    agenda.baseline(TRACK, [MODULE], "A"),
    agenda.posttest(TRACK, [MODULE], "B"),
    agenda.followup([MODULE], "B"),
    agenda.review([(MODULE.id, item) for item in (CHOICE, ORDER)]),
)
VALUES = ["next", "skip", "done", "-", "a", "b", "c", "true", "false", "undo", "0", "1", "2", "3",
          "10", "yes", "no", "", "a b", "衢"]  # fmt: skip


def items(name: str, item: str) -> Item | None:
    return MODULE.item(item) if name == MODULE.id else None


def only(item: Item, phase: str = "practice") -> Sitting:
    return Sitting((Step(StepKind.ITEM, MODULE.id, item.id, phase),))


def tapped(sitting: Sitting, *values: str) -> Advance:
    """Tap after tap, each where the sitting stands."""
    advance = Advance(sitting, Taken.TAKEN)
    for value in values:
        at = advance.sitting
        advance = moving.tap(at, at.at, at.stage, value, items, NOW)
    return advance


def somehow(sitting: Sitting, data: st.DataObject) -> Advance:
    """Anything that somebody may tap or write, sensible or not."""
    if data.draw(st.booleans()) and moving.awaits_words(sitting, items):
        return moving.say(sitting, "七百 500", items, NOW)
    at = data.draw(st.integers(sitting.at - 1, sitting.at + 1))
    stage = data.draw(st.sampled_from([sitting.stage, *Stage]))
    return moving.tap(sitting, at, stage, data.draw(st.sampled_from(VALUES)), items, NOW)


def onwards(sitting: Sitting) -> Advance:
    """The first thing to tap that leads on."""
    tried = (moving.tap(sitting, sitting.at, sitting.stage, v, items, NOW) for v in VALUES)
    return next(advance for advance in tried if advance.taken is Taken.TAKEN)


@pytest.mark.parametrize("sitting", SITTINGS, ids=["lesson", "baseline", "post", "later", "review"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_sitting_ends_and_writes_each_thing_down_once(
    sitting: Sitting, data: st.DataObject
) -> None:
    records: list[Record] = []
    for n in range(300):
        if sitting.is_over:
            break
        advance = somehow(sitting, data) if n < 50 else onwards(sitting)
        if advance.taken is not Taken.TAKEN:
            assert advance.sitting == sitting
            assert advance.record is None
        if advance.record is not None:
            records.append(advance.record)
        sitting = Sitting.from_json(advance.sitting.as_json())

    assert sitting.is_over
    asked = [step for step in sitting.steps if step.kind in (StepKind.ITEM, StepKind.SCALE)]
    written = [r.step for r in records if r.step.kind in (StepKind.ITEM, StepKind.SCALE)]
    assert written == asked


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(list(Stage)), st.sampled_from(VALUES)))
)
@settings(max_examples=80, deadline=None)
def test_the_same_taps_twice_lead_to_the_same_place(taps: list[tuple[int, Stage, str]]) -> None:
    once = twice = LESSON
    records: list[list[Record]] = [[], []]
    for at, stage, value in taps:
        advance = moving.tap(once, at, stage, value, items, NOW)
        records[0] += [advance.record] if advance.record else []
        once = advance.sitting
        for _ in range(2):
            advance = moving.tap(twice, at, stage, value, items, NOW)
            # What toggles is no answer yet: tapped twice it is as if it had not been tapped.
            records[1] += [advance.record] if advance.record else []
            twice = advance.sitting

    steps = [[r.step for r in kept] for kept in records]
    assert all(len(set(one)) == len(one) for one in steps)


def test_an_answer_counts_when_it_is_said_how_sure_one_is() -> None:
    chosen = tapped(only(CHOICE), "b")
    assert chosen.record is None
    assert chosen.sitting.stage is Stage.SURE

    sure = tapped(chosen.sitting, "3")
    assert sure.record is not None
    assert sure.record.mark is not None
    assert (sure.record.mark.score, sure.record.certainty) == (1.0, 3)
    assert tapped(sure.sitting, "next").sitting.is_over


def test_a_tap_from_before_changes_nothing() -> None:
    told = tapped(only(CHOICE), "b", "3").sitting

    late = moving.tap(told, 0, Stage.ASK, "a", items, NOW)

    assert late.taken is Taken.LATE
    assert late.sitting == told


def test_an_answer_that_was_chosen_and_left_is_not_lost() -> None:
    left = moving.closed(tapped(only(CHOICE), "c").sitting, items)

    assert left is not None
    assert left.mark is not None
    assert (left.mark.response, left.certainty) == ("c", None)
    assert moving.closed(only(CHOICE), items) is None


def test_in_a_test_nothing_is_told() -> None:
    over = tapped(only(CHOICE, "pre"), "a", "2")

    assert over.sitting.is_over
    assert over.record is not None


def test_not_knowing_is_an_answer_of_a_test() -> None:
    record = tapped(only(CHOICE, "pre"), "-").record

    assert record is not None
    assert record.mark is not None
    assert (record.mark.response, record.mark.score, record.certainty) == ("", 0.0, 1)


def test_several_are_ticked_and_taken_back() -> None:
    sitting = tapped(only(MULTI), "a", "b", "b", "c").sitting
    assert sitting.chosen == "a c"

    record = tapped(sitting, "done", "2").record
    assert record is not None
    assert record.mark is not None
    assert record.mark.correct


def test_the_last_one_of_an_order_places_itself() -> None:
    assert tapped(only(ORDER), "c").sitting.chosen == "c"
    assert tapped(only(ORDER), "c", "undo").sitting.chosen == ""

    record = tapped(only(ORDER), "c", "a", "3").record
    assert record is not None
    assert record.mark is not None
    assert record.mark.response == "c a b"
    assert record.mark.correct


def test_a_number_is_written() -> None:
    said = moving.say(only(NUMERIC), "５００ TB", items, NOW)
    assert said.sitting.stage is Stage.SURE
    assert moving.say(only(NUMERIC), "很多", items, NOW).taken is Taken.WRONG


def test_a_dilemma_gives_part_of_the_score() -> None:
    record = tapped(only(DILEMMA), "c", "2").record

    assert record is not None
    assert record.mark is not None
    assert (record.mark.score, record.mark.correct) == (0.5, False)


def test_a_thought_is_kept_or_skipped() -> None:
    said = moving.say(only(REFLECTION), " 想到了 ", items, NOW + timedelta(seconds=9))
    assert said.record is not None
    assert said.record.words == "想到了"
    assert tapped(only(REFLECTION), "skip").record == Record(only(REFLECTION).step, skipped=True)


def test_what_was_used_is_written_down_with_what_is_said_of_it() -> None:
    later = agenda.followup([], "B")
    rated = tapped(later, "3")
    assert rated.record is None

    said = moving.say(rated.sitting, "改了流程", items, NOW)
    assert said.record is None

    told = tapped(said.sitting, "yes")
    assert told.record is not None
    assert (told.record.rating, told.record.words, told.record.share) == (3, "改了流程", True)
    assert told.sitting.is_over


def test_who_did_nothing_is_not_asked_whether_it_may_be_told() -> None:
    rated = tapped(agenda.followup([], "B"), "0").sitting

    over = moving.say(rated, "没有时间", items, NOW)

    assert over.sitting.is_over
    assert over.record is not None
    assert (over.record.rating, over.record.share) == (0, False)


def test_who_leaves_after_saying_what_they_used_is_heard() -> None:
    rated = tapped(agenda.followup([], "B"), "2").sitting

    left = moving.closed(rated, items)

    assert left is not None
    assert (left.rating, left.words) == (2, "")


def test_an_item_that_is_gone_keeps_nobody() -> None:
    gone = Sitting((Step(StepKind.ITEM, "gone", "q1", "practice"),))

    over = moving.tap(gone, 0, Stage.ASK, "a", items, NOW)

    assert over.sitting.is_over
    assert over.record == Record(gone.step, skipped=True)


def test_nobody_looks_at_a_question_for_an_hour() -> None:
    begun = moving.begun(only(CHOICE), NOW)
    later = NOW + timedelta(hours=5)
    chosen = moving.tap(begun, 0, Stage.ASK, "b", items, later).sitting

    record = moving.tap(chosen, 0, Stage.SURE, "1", items, later).record

    assert record is not None
    assert record.seconds == moving.LONGEST_SECONDS
