from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.errors import DeliveryFailed, FloodWait
from scheduler import claiming
from scheduler.budget import Budget
from scheduler.delivery import Delivery
from tests.scheduler.cohort import MODULES, TRACK, Stage, add_people, noon, staged

# 08:00 on Monday, the twenty-third, in Shanghai.
EIGHT = datetime(2026, 11, 23, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, noon()) as made:
        yield made


def people(stage: Stage, *given: dict[str, object]) -> None:
    with stage.sessions.begin() as session:
        add_people(session, given, noon())


def at(stage: Stage, moment: datetime) -> None:
    stage.clock.advance(moment - stage.clock())


def states(stage: Stage) -> list[tuple[str, str, str]]:
    return [(row.person, row.state, row.why) for row in stage.rows()]


def test_each_gets_their_module_at_their_hour_and_once(stage: Stage) -> None:
    people(stage, {"id": "anna"}, {"id": "bo", "hour": 540}, {"id": "carl", "zone": "UTC"})
    scheduling = stage.scheduling()

    for minute in range(0, 9 * 60, 15):
        at(stage, EIGHT - timedelta(minutes=5) + minute * MINUTE)
        scheduling.tick()

    told = [(d.person, d.due_at - EIGHT) for d in stage.witness.brought]
    assert [person for person, _ in told] == ["anna", "bo", "carl"]
    for (_, when), hour in zip(told, (0, 60, 480), strict=True):
        assert timedelta() <= when - timedelta(minutes=hour) <= timedelta(minutes=15)
    assert {row.state for row in stage.rows()} == {"sent"}
    assert {row.module for row in stage.rows()} == {MODULES[0]}
    scheduling.close()


def test_a_finished_module_is_followed_by_the_next_and_an_unfinished_one_by_a_reminder(
    stage: Stage,
) -> None:
    people(stage, {"id": "anna"}, {"id": "bo"})
    scheduling = stage.scheduling()
    for day in range(5):
        at(stage, EIGHT + day * DAY)
        scheduling.tick()
        if day < 2:
            stage.clock.advance(timedelta(minutes=3))
            stage.begin("anna", date(2026, 11, 23 + day), ended=True)
            stage.complete("anna", MODULES[day])

    mine = {who: [d for d in stage.witness.brought if d.person == who] for who in ("anna", "bo")}
    assert [(str(d.kind), d.module, d.number) for d in mine["anna"]] == [
        ("module", MODULES[0], 0), ("module", MODULES[1], 0), ("module", MODULES[2], 0),
        ("reminder", MODULES[2], 1), ("reminder", MODULES[2], 2),
    ]  # fmt: skip
    assert [(str(d.kind), d.number) for d in mine["bo"]] == [
        ("module", 0), ("reminder", 1), ("reminder", 2),
    ]  # fmt: skip
    (bo,) = stage.roster.of("bo", stage.clock())
    assert bo.is_paused
    scheduling.close()


def test_who_comes_back_from_a_pause_is_offered_it_anew(stage: Stage) -> None:
    people(stage, {"id": "anna"})
    scheduling = stage.scheduling()
    for day in range(5):
        at(stage, EIGHT + day * DAY)
        scheduling.tick()
    stage.change("anna", is_paused=False, resumed_at=stage.clock())
    at(stage, EIGHT + 5 * DAY)
    scheduling.tick()

    assert [d.number for d in stage.witness.brought] == [0, 1, 2, 1]
    scheduling.close()


def test_after_an_outage_only_the_newest_goes_out(stage: Stage) -> None:
    people(stage, {"id": "anna"})
    scheduling = stage.scheduling()
    at(stage, EIGHT + 4 * DAY + timedelta(hours=6))

    scheduling.tick()
    scheduling.tick()

    (brought,) = stage.witness.brought
    assert brought.local_date == date(2026, 11, 27)
    scheduling.close()


def test_an_error_of_unknown_outcome_is_never_sent_again_and_settled_by_a_tap(
    stage: Stage,
) -> None:
    def time_out(_: Delivery) -> None:
        raise TimeoutError

    people(stage, {"id": "anna"})
    stage.witness.does = time_out
    scheduling = stage.scheduling()
    at(stage, EIGHT)
    scheduling.tick()
    stage.witness.does = lambda _: None
    for _ in range(20):
        stage.clock.advance(30 * MINUTE)
        scheduling.tick()

    assert stage.witness.brought == []
    row = stage.row()
    assert (row.state, row.why, row.attempts) == ("unknown", "unsure", 1)
    with stage.sessions.begin() as session:
        assert claiming.settle(session, row.id, stage.clock())
    assert stage.row().state == "sent"
    scheduling.close()


def test_what_a_process_left_before_a_clock_was_put_back_is_told_all_the_same(
    stage: Stage,
) -> None:
    people(stage, {"id": "anna"}, {"id": "bo"})
    at(stage, EIGHT + timedelta(hours=4))
    crashed = stage.scheduling(courier=None)
    crashed.tick()
    with stage.sessions.begin() as session:
        taken = claiming.claim(session, stage.clock(), crashed.holder, 2)
        claiming.mark_sending(session, [taken[0].id], crashed.holder, stage.clock())
    at(stage, EIGHT + timedelta(hours=1))
    with stage.sessions.begin() as session:
        claiming.recover(session, stage.clock())

    assert sorted((row.state, row.attempts) for row in stage.rows()) == [("due", 0), ("unknown", 1)]


def test_an_unknown_one_is_over_the_next_day_and_offered_anew(stage: Stage) -> None:
    def time_out(_: Delivery) -> None:
        raise TimeoutError

    people(stage, {"id": "anna"})
    stage.witness.does = time_out
    scheduling = stage.scheduling()
    at(stage, EIGHT)
    scheduling.tick()
    stage.witness.does = lambda _: None
    at(stage, EIGHT + DAY)
    scheduling.tick()

    assert [row.state for row in stage.rows()] == ["expired", "sent"]
    assert [str(d.kind) for d in stage.witness.brought] == ["module"]
    scheduling.close()


def test_who_blocked_us_hears_nothing_more(stage: Stage) -> None:
    def gone(_: Delivery) -> None:
        raise DeliveryFailed("They blocked the bot.", permanent=True)

    people(stage, {"id": "anna"})
    stage.witness.does = gone
    scheduling = stage.scheduling()
    for day in range(3):
        at(stage, EIGHT + day * DAY)
        scheduling.tick()

    assert states(stage) == [("anna", "failed", "blocked")]
    (anna,) = stage.roster.of("anna", stage.clock())
    assert anna.is_blocked
    scheduling.close()


def test_what_did_not_go_out_is_tried_again_a_little_later_and_then_given_up(
    stage: Stage,
) -> None:
    tried = []

    def refused(_: Delivery) -> None:
        tried.append(stage.clock())
        raise DeliveryFailed("No connection.", permanent=False)

    people(stage, {"id": "anna"})
    stage.witness.does = refused
    scheduling = stage.scheduling()
    at(stage, EIGHT)
    for _ in range(300):
        scheduling.tick()
        stage.clock.advance(MINUTE)

    waited = [(when - EIGHT) // MINUTE for when in tried]
    assert waited == [0, 1, 3, 7, 15, 31, 61, 91, 121, 151, 181, 211]
    assert states(stage) == [("anna", "failed", "No connection.")]
    scheduling.close()


def test_while_the_line_is_dead_nobody_else_is_tried(stage: Stage) -> None:
    tried = []

    def dead(delivery: Delivery) -> None:
        tried.append(delivery.person)
        raise DeliveryFailed("No connection.", permanent=False)

    people(stage, *({"id": f"p{n:02}"} for n in range(60)))
    stage.witness.does = dead
    scheduling = stage.scheduling(budget=Budget(25))
    at(stage, EIGHT)
    scheduling.tick()

    assert len(tried) <= 8
    assert {row.state for row in stage.rows()} == {"due"}
    stage.witness.does = lambda _: None
    stage.clock.advance(2 * MINUTE)
    scheduling.tick()
    assert len(stage.witness.brought) == 60
    scheduling.close()


def test_a_flood_stops_bulk_and_sends_again_when_it_is_over(stage: Stage) -> None:
    ticks, floods = [0.0], [FloodWait(35)]

    def flooded(_: Delivery) -> None:
        if floods:
            raise floods.pop()

    people(stage, {"id": "anna"})
    stage.witness.does = flooded
    budget = Budget(25, clock=lambda: ticks[0], sleep=lambda s: ticks.__setitem__(0, ticks[0] + s))
    scheduling = stage.scheduling(budget=budget)
    at(stage, EIGHT)
    scheduling.tick()
    assert states(stage) == [("anna", "due", "flood")]
    ticks[0] += 35
    scheduling.tick()
    assert stage.witness.brought == []
    ticks[0] += 2
    scheduling.tick()

    assert [d.person for d in stage.witness.brought] == ["anna"]
    scheduling.close()


@pytest.mark.parametrize(
    ("values", "state", "why"),
    [
        ({"is_paused": True}, "cancelled", "paused"),
        ({"paused_until": date(2026, 11, 24)}, "cancelled", "away"),
        ({"blocked_at": noon()}, "cancelled", "blocked"),
        ({"quiet_from": 470, "quiet_until": 500}, "expired", "quiet"),
        ({"zone": "Pacific/Nowhere"}, "cancelled", "zone"),
    ],
)
def test_what_speaks_against_it_meanwhile_is_heard_before_it_is_sent(
    stage: Stage, values: dict[str, object], state: str, why: str
) -> None:
    people(stage, {"id": "anna"})
    at(stage, EIGHT)
    planning = stage.scheduling()
    planning.budget.hold(1000)
    planning.tick()
    stage.change("anna", **values)

    stage.scheduling().tick()

    assert stage.witness.brought == []
    assert states(stage) == [("anna", state, why)]


def test_what_was_done_or_left_meanwhile_is_not_sent(stage: Stage) -> None:
    people(stage, {"id": "anna"}, {"id": "bo"}, {"id": "carl"}, {"id": "dora"})
    at(stage, EIGHT)
    planning = stage.scheduling()
    planning.budget.hold(1000)
    planning.tick()
    stage.complete("anna", MODULES[0])
    stage.change_enrolment("bo", left_at=EIGHT)
    stage.begin("carl", date(2026, 11, 23))

    stage.scheduling().tick()

    assert [d.person for d in stage.witness.brought] == ["dora"]
    assert {row.person: row.why for row in stage.rows()} == {
        "anna": "done", "bo": "left", "carl": "sitting", "dora": "",
    }  # fmt: skip


def test_what_is_not_sent_before_the_day_is_over_expires(stage: Stage) -> None:
    people(stage, {"id": "anna", "quiet_from": 0, "quiet_until": 0})
    at(stage, EIGHT)
    planning = stage.scheduling()
    planning.budget.hold(1000)
    planning.tick()
    at(stage, EIGHT + timedelta(hours=17))

    stage.scheduling().tick()

    assert states(stage) == [("anna", "expired", "over")]


def test_a_snoozed_one_comes_again_when_it_was_asked_for(stage: Stage) -> None:
    people(stage, {"id": "anna"})
    scheduling = stage.scheduling()
    at(stage, EIGHT)
    scheduling.tick()
    later = EIGHT + timedelta(hours=2)
    with stage.sessions.begin() as session:
        assert claiming.snooze(session, stage.row().id, later, stage.clock())
    for _ in range(6):
        stage.clock.advance(30 * MINUTE)
        scheduling.tick()

    assert len(stage.witness.brought) == 2
    assert stage.row().sent_at == later
    scheduling.close()


def test_bad_rows_do_not_stop_the_others(stage: Stage) -> None:
    people(
        stage, {"id": "a", "zone": "Nowhere/At-all"}, {"id": "b", "hour": 1500},
        {"id": "c", "enrolment": {"track": "no-such-track"}},
        {"id": "d", "enrolment": {"pseudonym": "p_nobody"}}, {"id": "e"},
    )  # fmt: skip
    at(stage, EIGHT)
    stage.scheduling().tick()

    assert [d.person for d in stage.witness.brought] == ["e"]
    assert stage.roster.without_person() == ["d"]


def test_a_module_that_is_gone_is_passed_over_and_named(stage: Stage) -> None:
    people(stage, {"id": "anna"})
    stage.shelf.gone.add(MODULES[0])
    at(stage, EIGHT)
    stage.scheduling().tick()

    assert stage.witness.told == [("anna", "module", MODULES[1])]
    (anna,) = stage.roster.of("anna", stage.clock())
    assert anna.gone == (MODULES[0],)


def test_lessons_come_from_the_newest_open_track_and_the_question_comes_first(
    stage: Stage,
) -> None:
    stage.shelf.modules = MODULES
    people(
        stage, {"id": "anna", "enrolment": {"completed_at": noon() - timedelta(days=27)}},
        {"id": "bo"},
    )  # fmt: skip
    with stage.sessions.begin() as session:
        newer = {"id": "zz", "pseudonym": "p_anna", "enrolled_at": noon()}
        add_people(session, [{"id": "extra", "enrolment": newer}], noon())
    scheduling = stage.scheduling()
    for day in range(3):
        at(stage, EIGHT + day * DAY)
        scheduling.tick()

    mine = [(str(d.kind), d.enrolment) for d in stage.witness.brought if d.person == "anna"]
    assert mine == [("followup", "anna"), ("module", "zz"), ("reminder", "zz")]
    scheduling.close()


def test_only_channels_that_something_can_be_sent_on_are_planned(stage: Stage) -> None:
    people(stage, {"id": "anna"}, {"id": "bo", "channel": "terminal"})
    at(stage, EIGHT)
    scheduling = stage.scheduling()
    scheduling.roster.channels = ("telegram",)
    scheduling.tick()

    assert [d.person for d in stage.witness.brought] == ["anna"]


def test_administrators_get_a_digest_on_monday_and_trainees_a_note_on_their_last_day(
    stage: Stage,
) -> None:
    people(stage, {"id": "boss", "role": "administrator", "enrolment": {"track": TRACK}},
           {"id": "anna", "days": "135"})  # fmt: skip
    scheduling = stage.scheduling()
    for hour in range(24 * 7):
        at(stage, EIGHT + timedelta(hours=hour))
        scheduling.tick()
        if hour == 1:
            stage.complete("anna", MODULES[0])

    weekly = [
        (d.person, str(d.kind), (d.due_at - EIGHT) // timedelta(hours=1))
        for d in stage.witness.brought
        if d.kind in ("note", "digest")
    ]
    # Nine o'clock on Monday; seventeen o'clock on Friday.
    assert weekly == [("boss", "digest", 1), ("anna", "note", 4 * 24 + 9)]
    scheduling.close()


def test_two_on_one_database_send_each_once(stage: Stage) -> None:
    people(stage, *({"id": f"p{n:03}"} for n in range(200)))
    at(stage, EIGHT)
    one, other = stage.scheduling(), stage.scheduling()

    one.tick()
    other.tick()

    assert len(stage.witness.brought) == 200
    assert len({d.id for d in stage.witness.brought}) == 200
    assert one.holder != other.holder
