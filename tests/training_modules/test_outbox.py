from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from foundation.clock import FixedClock
from foundation.database import Sessions, open_sessions
from foundation.errors import StoreUnavailable
from foundation.migrating import migrate
from tests.lrs_server import LOST, SILENT, LearningRecordStore, lrs_server
from tests.training_modules.events import NOON, answered
from training_modules import log
from training_modules.event import Event
from training_modules.lrs import HttpStore, Verdict, _asked, verdict
from training_modules.outbox import Outbox, Post, pause
from training_modules.rows import OutboxRow
from training_modules.xapi.statement import Statements

EVENTS = [answered(n) for n in range(1, 121)]


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    return filled(engine)


def filled(engine: Engine) -> Sessions:
    migrate(engine, NOON)
    sessions = open_sessions(engine)
    with sessions.begin() as session:
        log.append(session, EVENTS)
    return sessions


@pytest.fixture
def one_log(tmp_path: Path, opening: Callable[[str], Engine]) -> Sessions:
    return filled(opening(f"sqlite:///{tmp_path / 'log.db'}"))


@pytest.fixture
def store() -> Iterator[LearningRecordStore]:
    with lrs_server(key="bot", secret="geheim") as running:
        yield running


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON + timedelta(days=1))


def outbox(
    sessions: Sessions, store: LearningRecordStore, clock: FixedClock, secret: str = "geheim"
) -> Outbox:
    http = HttpStore(store.url, "bot", secret, patience=3)
    return Outbox(sessions, clock, http, Statements(lambda _: None))


def assert_all_there_once(store: LearningRecordStore) -> None:
    assert list(store.stored) == [event.id for event in EVENTS]


def test_everything_is_sent_in_batches_and_once(
    sessions: Sessions, store: LearningRecordStore, clock: FixedClock
) -> None:
    box = outbox(sessions, store, clock)

    assert box.send() == Post(sent=120)
    assert box.send() == Post()

    assert [len(call) for call in store.calls] == [50, 50, 20]
    assert_all_there_once(store)


def test_what_is_logged_later_is_sent_later(
    sessions: Sessions, store: LearningRecordStore, clock: FixedClock
) -> None:
    box = outbox(sessions, store, clock)
    box.send()
    with sessions.begin() as session:
        log.correct(session, EVENTS[0].id, NOON)

    assert box.send() == Post(sent=1)
    (correction,) = list(store.stored.values())[120:]
    assert correction["object"] == {"objectType": "StatementRef", "id": EVENTS[0].id}


@pytest.mark.parametrize("trouble", [429, 500, 503, LOST, SILENT])
def test_what_went_wrong_is_tried_again_and_nothing_is_there_twice(
    one_log: Sessions, store: LearningRecordStore, clock: FixedClock, trouble: int | str
) -> None:
    store.script = [204, trouble]
    store.answer(statements_of(EVENTS[:50]))
    box = outbox(one_log, store, clock)

    first = box.send()
    assert (first.sent, first.waiting) == (50, 70)
    assert first.problem
    assert box.send().sent == 20
    clock.advance(timedelta(seconds=31))

    assert box.send() == Post(sent=50)
    assert sorted(store.stored) == sorted(event.id for event in EVENTS)


def statements_of(events: list[Event]) -> list[dict[str, object]]:
    made = Statements(lambda _: None)
    return [made.of(event) for event in events]


def test_a_store_that_is_not_there_is_tried_again_later(
    one_log: Sessions, clock: FixedClock
) -> None:
    with lrs_server() as gone:
        pass

    post = outbox(one_log, gone, clock).send()

    assert (post.sent, post.waiting) == (0, 120)
    assert "no answer" in post.problem


def test_each_failure_doubles_the_pause_up_to_six_hours() -> None:
    assert [pause(n).total_seconds() for n in (1, 2, 3)] == [30, 60, 120]
    assert pause(50) == timedelta(hours=6)
    assert pause(9, asked=7) == timedelta(seconds=7)
    assert pause(1, asked=1e9) == timedelta(hours=6)


def test_a_store_that_says_how_long_to_wait_is_believed(
    one_log: Sessions, store: LearningRecordStore, clock: FixedClock
) -> None:
    store.script, store.retry_after = [429], "90"
    box = outbox(one_log, store, clock)
    box.send()

    with one_log() as session:
        first = session.scalar(select(OutboxRow.next_at).order_by(OutboxRow.number).limit(1))
    assert first == clock() + timedelta(seconds=90)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [(None, None), ("120", 120.0), ("soon", None), ("Mon, 02 Mar 2026 04:01:00 GMT", 60.0)],
)
def test_the_wait_is_seconds_or_a_date(said: str | None, seconds: float | None) -> None:
    assert _asked(said, NOON) == seconds


def test_the_one_statement_that_a_store_refuses_stops_no_other(
    one_log: Sessions, store: LearningRecordStore, clock: FixedClock
) -> None:
    store.refuses = {EVENTS[7].id, EVENTS[99].id}

    assert outbox(one_log, store, clock).send() == Post(sent=118, refused=2)

    with one_log() as session:
        rows = session.execute(
            select(OutboxRow.event, OutboxRow.problem).where(OutboxRow.state == "refused")
        ).all()
    assert {row.event for row in rows} == store.refuses
    assert all("status 400" in row.problem for row in rows)


def test_a_statement_that_is_there_and_says_something_else_counts_as_there(
    one_log: Sessions, store: LearningRecordStore, clock: FixedClock
) -> None:
    store.stored[EVENTS[3].id] = {"id": EVENTS[3].id, "other": True}

    assert outbox(one_log, store, clock).send() == Post(sent=120)

    assert len(store.stored) == 120
    assert store.stored[EVENTS[3].id] == {"id": EVENTS[3].id, "other": True}


@pytest.mark.parametrize("status", [401, 403, 404, 302])
def test_a_store_that_lets_nobody_in_is_told_at_once_and_nothing_is_lost(
    one_log: Sessions, store: LearningRecordStore, clock: FixedClock, status: int
) -> None:
    store.script = [status]
    box = outbox(one_log, store, clock)

    with pytest.raises(StoreUnavailable, match=f"status {status}.*check LIBCOACH_LRS_URL"):
        box.send()
    assert len(store.calls) == 1
    assert box.send() == Post(sent=120)


def test_a_wrong_secret_is_told(
    one_log: Sessions, store: LearningRecordStore, clock: FixedClock
) -> None:
    with pytest.raises(StoreUnavailable, match="401"):
        outbox(one_log, store, clock, secret="wrong").send()


def test_too_large_a_batch_is_halved(
    one_log: Sessions, store: LearningRecordStore, clock: FixedClock
) -> None:
    store.script = [413, 413]

    assert outbox(one_log, store, clock).send() == Post(sent=120)
    assert [len(call) for call in store.calls] == [50, 25, 12, 13, 25, 50, 20]


def test_a_batch_of_somebody_who_died_is_sent_after_a_while(
    one_log: Sessions, store: LearningRecordStore, clock: FixedClock
) -> None:
    box = outbox(one_log, store, clock)
    with one_log.begin() as session:
        from training_modules.outbox import collect

        collect(session, clock())
    box._claimed()

    assert box.send() == Post(sent=70, waiting=50)
    clock.advance(timedelta(minutes=11))
    assert box.send() == Post(sent=50)


def test_senders_at_once_send_each_statement_once(
    sessions: Sessions, store: LearningRecordStore, clock: FixedClock
) -> None:
    boxes = [outbox(sessions, store, clock) for _ in range(4)]
    for box in boxes:
        box.batch = 7

    with ThreadPoolExecutor(4) as pool:
        posts = list(pool.map(lambda box: box.send(), boxes))

    assert sum(post.sent for post in posts) == 120
    sent = [id_ for call in store.calls for id_ in call]
    assert len(sent) == len(set(sent)) == 120


@pytest.mark.parametrize(
    ("status", "expected"),
    [(200, Verdict.TAKEN), (204, Verdict.TAKEN), (409, Verdict.CONFLICT), (400, Verdict.REFUSED),
     (413, Verdict.REFUSED), (422, Verdict.REFUSED), (408, Verdict.LATER), (502, Verdict.LATER),
     (308, Verdict.CLOSED), (405, Verdict.CLOSED)],
)  # fmt: skip
def test_every_status_is_one_of_five_cases(status: int, expected: Verdict) -> None:
    assert verdict(status) is expected


def test_the_outbox_and_the_log_agree(one_log: Sessions, clock: FixedClock) -> None:
    with lrs_server() as store:
        outbox(one_log, store, clock).send()

    with one_log() as session:
        counts = session.execute(text("SELECT state, count(*) FROM outbox GROUP BY state")).all()
    assert [tuple(row) for row in counts] == [("sent", 120)]
