import subprocess
import sys
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text, update

from foundation.database import Sessions, open_sessions
from foundation.errors import DatabaseUnavailable, UnknownEvent
from foundation.migrating import migrate
from foundation.settings import CHECKOUT
from tests.training_modules.events import NOON, answered
from training_modules import log
from training_modules.chain import EVENTS, KEYS, as_kept, values_of
from training_modules.event import Event, Verb
from training_modules.log_proof import Damage
from training_modules.rows import EventRow, LogHeadRow, WordsRow


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    migrate(engine, NOON)
    return open_sessions(engine)


def write(sessions: Sessions, *events: Event, words: dict[str, str] | None = None) -> int:
    with sessions.begin() as session:
        return log.append(session, events, words)


def sql(sessions: Sessions, *statements: str) -> None:
    with sessions.begin() as session:
        for statement in statements:
            session.execute(text(statement))


def test_what_was_written_comes_back_line_by_line(sessions: Sessions) -> None:
    events = [answered(1), answered(2, score=1, seconds=7, response="机构 🏛"), answered(3)]

    assert write(sessions, *events) == 3

    with sessions() as session:
        rows = session.execute(select(*(EVENTS.c[k] for k in KEYS)).order_by(EVENTS.c.number))
        assert [tuple(as_kept(row)) for row in rows] == [values_of(event) for event in events]
    assert log.verify(sessions).is_whole


def test_the_bytes_of_the_chain_are_those_of_the_event(sessions: Sessions) -> None:
    event = answered(1, response="“引号” \\ \u202e", score=0.1)
    write(sessions, event)
    from hashlib import sha256

    with sessions() as session:
        kept = session.scalar(select(EventRow.hash))

    assert kept == sha256(("0" * 64).encode() + event.canonical()).hexdigest()


def test_the_same_event_is_written_once(sessions: Sessions) -> None:
    assert write(sessions, answered(1), answered(1), answered(2)) == 2
    assert write(sessions, answered(2), answered(3)) == 1
    assert log.verify(sessions).events == 3


def test_an_instant_of_any_zone_is_the_same_instant(sessions: Sessions) -> None:
    shanghai = timezone(timedelta(hours=8))
    write(sessions, answered(1, at=NOON.astimezone(shanghai)))

    with sessions() as session:
        assert session.scalar(select(EventRow.at)) == NOON
    assert log.verify(sessions).is_whole


def test_an_empty_log_is_whole(sessions: Sessions) -> None:
    assert log.verify(sessions).is_whole


def test_signs_that_a_database_refuses_are_left_out(sessions: Sessions) -> None:
    event = answered(1, response="a\x00b\ud800", has_words=True)

    write(sessions, event, words={event.id: "x\x00y\ud83d"})

    with sessions() as session:
        assert session.scalar(select(EventRow.response)) == "ab?"
        assert session.scalar(select(WordsRow.text)) == "xy?"
    assert log.verify(sessions).is_whole


def test_words_stand_apart_and_can_be_erased_while_the_chain_stays_whole(
    sessions: Sessions,
) -> None:
    mine, other = answered(1, has_words=True), answered(2, pseudonym="p_2", has_words=True)
    write(sessions, mine, other, words={mine.id: "我的话", other.id: "别人的话"})

    with sessions.begin() as session:
        assert log.forget_words(session, "p_1") == 1

    with sessions() as session:
        assert list(session.scalars(select(WordsRow.text))) == ["别人的话"]
    assert log.verify(sessions).is_whole


def test_words_of_a_repeated_event_are_not_written_again(sessions: Sessions) -> None:
    event = answered(1, has_words=True)
    write(sessions, event, words={event.id: "first"})
    write(sessions, event, words={event.id: "second"})

    with sessions() as session:
        assert list(session.scalars(select(WordsRow.text))) == ["first"]


def test_a_correction_is_a_new_line_and_is_made_once(sessions: Sessions) -> None:
    wrong, right = answered(1), answered(1, response="c", sitting="s1 again")
    write(sessions, wrong)

    with sessions.begin() as session:
        assert log.correct(session, wrong.id, NOON, instead=right)
    with sessions.begin() as session:
        assert not log.correct(session, wrong.id, NOON + timedelta(days=1), instead=right)

    with sessions() as session:
        rows = session.execute(select(EventRow.verb, EventRow.corrects).order_by(EventRow.number))
        assert rows.all() == [("answered", ""), ("voided", wrong.id), ("answered", "")]
    assert log.verify(sessions).is_whole


def test_what_was_never_written_cannot_be_corrected_nor_can_a_correction(
    sessions: Sessions,
) -> None:
    write(sessions, answered(1))
    with sessions.begin() as session, pytest.raises(UnknownEvent, match="no event x"):
        log.correct(session, "x", NOON)
    with sessions.begin() as session:
        log.correct(session, answered(1).id, NOON)
    with sessions.begin() as session:
        correction = session.scalar(select(EventRow.id).where(EventRow.verb == Verb.CORRECTED))
        assert correction is not None
        with pytest.raises(UnknownEvent, match="is a correction"):
            log.correct(session, correction, NOON)


def test_a_transaction_that_fails_leaves_no_line(sessions: Sessions) -> None:
    write(sessions, answered(1))

    with sessions() as session:
        log.append(session, [answered(2)])
        session.rollback()

    assert write(sessions, answered(3)) == 1
    assert log.verify(sessions).events == 2
    assert log.verify(sessions).is_whole


WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from foundation.database import open_engine, open_sessions
from tests.training_modules.events import answered
from training_modules import log
sessions = open_sessions(open_engine(sys.argv[1]))
me = sys.argv[3]
sys.stdin.read()
for number in range(30):
    with sessions.begin() as session:
        log.append(session, [answered(number, pseudonym=me), answered(number, pseudonym="all")])
"""


def test_writers_of_several_processes_make_one_chain(database_url: str, sessions: Sessions) -> None:
    command = [sys.executable, "-c", WRITER, database_url, str(CHECKOUT)]
    started = [
        subprocess.Popen([*command, f"p_{n}"], stdin=subprocess.PIPE, cwd=Path("/"))
        for n in range(4)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.close()

    assert [process.wait(120) for process in started] == [0, 0, 0, 0]
    verified = log.verify(sessions)
    assert verified.is_whole, verified.reason
    assert verified.events == verified.number == 5 * 30


@pytest.fixture
def ten(sessions: Sessions) -> Sessions:
    write(sessions, *(answered(n) for n in range(1, 11)))
    return sessions


def found(sessions: Sessions) -> tuple[Damage | None, int | None, int | None]:
    verified = log.verify(sessions)
    assert not verified.is_whole
    assert str("log_head" if verified.broken_at is None else verified.broken_at) in verified.reason
    return verified.damage, verified.broken_at, verified.until


@pytest.mark.parametrize(
    "change",
    ["response = 'a'", "score = 0.5", "certainty = NULL", "hash = 'f'", "id = 'other'",
     "at = (SELECT at FROM event WHERE number = 9)", "pseudonym = 'p_2'", "share = true",
     "hash = (SELECT hash FROM event WHERE number = 9)"],
)  # fmt: skip
@pytest.mark.parametrize("line", [1, 4, 10])
def test_a_changed_line_is_named(ten: Sessions, change: str, line: int) -> None:
    sql(ten, f"UPDATE event SET {change} WHERE number = {line}")

    assert found(ten)[:2] == (Damage.CHANGED, line)


def test_a_removed_line_is_named(ten: Sessions) -> None:
    sql(ten, "DELETE FROM event WHERE number IN (4, 5)")

    assert found(ten) == (Damage.REMOVED, 4, 5)


def test_a_first_line_that_was_removed_is_named(ten: Sessions) -> None:
    sql(ten, "DELETE FROM event WHERE number = 1")

    assert found(ten) == (Damage.REMOVED, 1, 1)


def test_a_removed_line_is_named_when_the_rest_was_numbered_anew(ten: Sessions) -> None:
    moved = [f"UPDATE event SET number = {n - 1} WHERE number = {n}" for n in range(5, 11)]
    sql(ten, "DELETE FROM event WHERE number = 4", *moved)

    assert found(ten) == (Damage.REMOVED, 4, 4)


def test_an_end_that_was_cut_off_is_noticed(ten: Sessions) -> None:
    sql(ten, "DELETE FROM event WHERE number > 7")

    assert found(ten) == (Damage.CUT_OFF, 8, 10)


def test_a_log_that_was_emptied_is_noticed(ten: Sessions) -> None:
    sql(ten, "DELETE FROM event")

    assert found(ten) == (Damage.CUT_OFF, 1, 10)


def test_writing_on_after_a_cut_does_not_hide_it(ten: Sessions) -> None:
    sql(ten, "DELETE FROM event WHERE number > 7")
    write(ten, answered(20))

    assert found(ten) == (Damage.REMOVED, 8, 10)


def test_lines_that_changed_places_are_named(ten: Sessions) -> None:
    sql(ten, *(f"UPDATE event SET number = {new} WHERE number = {old}"
               for old, new in ((4, 99), (6, 4), (99, 6))))  # fmt: skip

    assert found(ten)[:2] == (Damage.REORDERED, 4)


def test_neighbours_that_changed_places_are_named(ten: Sessions) -> None:
    sql(ten, *(f"UPDATE event SET number = {new} WHERE number = {old}"
               for old, new in ((9, 99), (10, 9), (99, 10))))  # fmt: skip

    assert found(ten)[:2] == (Damage.REORDERED, 9)


def foreign(sessions: Sessions, number: int) -> None:
    """A line put in by hand, a copy of the third with another attempt."""
    with sessions.begin() as session:
        row = session.execute(select(EVENTS).where(EVENTS.c.number == 3)).one()._asdict()
        event = answered(77)
        values = row | dict(zip(KEYS, values_of(event), strict=True))
        session.execute(EVENTS.insert(), values | {"number": number, "hash": "a" * 64})


def test_a_line_put_in_between_is_named(ten: Sessions) -> None:
    sql(ten, *(f"UPDATE event SET number = {n + 1} WHERE number = {n}" for n in range(10, 4, -1)))
    foreign(ten, 5)

    assert found(ten)[:2] == (Damage.INSERTED, 5)


@pytest.mark.parametrize("number", [11, 0, 500])
def test_a_line_put_in_at_an_end_is_named(ten: Sessions, number: int) -> None:
    foreign(ten, number)

    assert found(ten)[:2] == (Damage.INSERTED, number)


def test_an_end_that_was_written_anew_with_right_hashes_is_noticed(ten: Sessions) -> None:
    """Whoever cuts a line off and links another one in its place forgets the head."""
    with ten.begin() as session:
        head = session.execute(select(LogHeadRow.number, LogHeadRow.hash)).one()
        before = session.scalar(select(EventRow.hash).where(EventRow.number == 9))
        session.execute(text("DELETE FROM event WHERE number = 10"))
        session.execute(update(LogHeadRow).values(number=9, hash=before))
        log.append(session, [answered(99)])
        session.execute(update(LogHeadRow).values(number=head.number, hash=head.hash))

    assert found(ten)[:2] == (Damage.CHANGED, 10)


def test_without_its_head_the_log_is_not_written_on(ten: Sessions) -> None:
    sql(ten, "DELETE FROM log_head")

    assert found(ten)[0] is Damage.NO_HEAD
    with pytest.raises(DatabaseUnavailable, match="lost its head"):
        write(ten, answered(50))


def test_verifying_does_not_stop_at_what_is_added_meanwhile(ten: Sessions) -> None:
    with ten() as reading:
        reading.scalar(select(func.count()).select_from(EVENTS))
        write(ten, answered(30))
        assert log.verify(ten).events == 11
