from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.rows import ConversationRow
from retrieval.rows import ReceiptRow
from scheduler import claiming, retention
from scheduler.delivery import Delivery, Kind
from scheduler.rows import DeliveryRow
from tests.scheduler.cohort import Stage, add_people, noon, staged
from training_modules.event import Event, Verb
from training_modules.rows import AuditRow, EventRow, PersonRow, WordsRow

NOW = noon()


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, NOW) as made:
        yield made


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def a_receipt(code: str, days: int) -> ReceiptRow:
    return ReceiptRow(
        code=code, asked_at=ago(days), said="?", question="?", language="zh", verdict="found",
        mode="quotation", answer="!", citations=[], missing=[], settings={},
    )  # fmt: skip


def a_delivery(key: str, days: int, person: str = "new") -> Delivery:
    return Delivery(key, person, person, Kind.MODULE, "m", 0, date(2026, 1, 1), ago(days))


def fill(stage: Stage) -> None:
    """Of each kind one row that is old and one that is not."""
    with stage.sessions.begin() as session:
        for name, days in (("old", 800), ("new", 3)):
            enrolment = {"enrolled_at": ago(days)}
            person: dict[str, Any] = {"id": name, "seen_at": ago(days), "enrolment": enrolment}
            add_people(session, [person], ago(days))
            session.add(ConversationRow(person=name, state={}, changed_at=ago(days)))
        boss = {"id": "boss", "role": "administrator", "seen_at": ago(900)}
        add_people(session, [{**boss, "enrolment": {"enrolled_at": ago(900)}}], ago(900))
        session.add_all([a_receipt("OLD", 400), a_receipt("NEW", 3)])
        claiming.put(session, [a_delivery("of-old", 10, "old"), a_delivery("new", 3)], NOW)
    for number, days in enumerate((1200, 3)):
        event = Event(
            Verb.ANSWERED, ago(days), "UTC", "p_new", "new", item=str(number), has_words=True
        )
        stage.write(event)
        with stage.sessions.begin() as session:
            session.add(WordsRow(event=event.id, pseudonym="p_new", text="words"))


def counts(stage: Stage) -> dict[str, int]:
    tables = (ReceiptRow, DeliveryRow, WordsRow, PersonRow, ConversationRow, EventRow)
    with stage.sessions() as session:
        return {
            str(table.__tablename__): session.scalar(select(func.count()).select_from(table)) or 0
            for table in tables
        }


def test_a_dry_run_lists_and_erases_nothing(stage: Stage) -> None:
    fill(stage)
    before = counts(stage)

    with stage.sessions.begin() as session:
        found = {one.what: (one.rows, one.oldest) for one in retention.overdue(session, NOW)}

    assert found == {
        "questions": (1, ago(400)), "deliveries": (0, None), "words": (1, None),
        "people": (1, ago(800)), "conversations": (1, ago(800)),
    }  # fmt: skip
    assert counts(stage) == before


def test_what_is_over_its_time_goes_and_the_log_stays(stage: Stage) -> None:
    fill(stage)

    with stage.sessions.begin() as session:
        erased = retention.erase(session, NOW)

    assert sum(one.rows for one in erased) == 4
    assert counts(stage) == {
        "receipt": 1, "delivery": 1, "words": 1, "person": 2, "conversation": 1, "event": 2,
    }  # fmt: skip
    with stage.sessions() as session:
        assert set(session.scalars(select(PersonRow.id))) == {"boss", "new"}
        (audit,) = session.scalars(select(AuditRow))
        assert (audit.what, audit.rows) == ("retention", 4)


def test_erasing_again_finds_nothing_and_writes_nothing_down(stage: Stage) -> None:
    fill(stage)
    for _ in range(2):
        with stage.sessions.begin() as session:
            erased = retention.erase(session, NOW)

    assert sum(one.rows for one in erased) == 0
    with stage.sessions() as session:
        assert len(session.scalars(select(AuditRow)).all()) == 1
