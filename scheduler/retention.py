"""How long personal data is kept: what is over its time is listed first, and then erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, null, select
from sqlalchemy.orm import Session

from foundation.database import Base
from retrieval.rows import ReceiptRow
from scheduler.delivery import WAITING
from scheduler.rows import DeliveryRow
from training_modules.rows import (
    AuditRow,
    EnrolmentRow,
    EventRow,
    MemoryRow,
    PersonRow,
    SittingRow,
    WishRow,
    WordsRow,
)

# In days; the outcome log itself knows pseudonyms only, and stays.
KEPT_FOR: Final = {
    "questions": 365, "deliveries": 400, "words": 3 * 365, "conversations": 365, "people": 2 * 365,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overdue:
    """Rows of one kind that are over their time."""

    what: str
    rows: int
    oldest: datetime | None
    kept_for: int


def overdue(session: Session, now: datetime) -> list[Overdue]:
    """What a run would erase, without erasing anything."""
    found = []
    for what, table, at, condition in _rules(now):
        query = select(func.count(), func.min(at)).select_from(table).where(condition)
        rows, oldest = session.execute(query).one()
        found.append(Overdue(what, rows, oldest, KEPT_FOR[what]))
    return found


def erase(session: Session, now: datetime) -> Sequence[Overdue]:
    """Erase what is over its time, and write down that it was done."""
    found = overdue(session, now)
    _erase_people(session, now)
    for what, table, _, condition in _rules(now):
        if what != "people":
            session.execute(delete(table).where(condition))
    total = sum(one.rows for one in found)
    if total:
        key = f"retention-{now:%Y%m%dT%H%M%S}"
        session.add(AuditRow(id=key, at=now, who="schedule", what="retention", rows=total))
    return found


def _erase_people(session: Session, now: datetime) -> None:
    """The person and what only they have; the log keeps a pseudonym that belongs to nobody."""
    gone = _unseen(now)
    pseudonyms = select(PersonRow.pseudonym).where(gone).scalar_subquery()
    for table in (SittingRow, MemoryRow, WishRow, WordsRow):
        session.execute(delete(table).where(table.pseudonym.in_(pseudonyms)))
    ids = select(PersonRow.id).where(gone).scalar_subquery()
    session.execute(delete(DeliveryRow).where(DeliveryRow.person.in_(ids)))
    conversations = _conversations()
    if conversations is not None:
        session.execute(delete(conversations).where(conversations.c.person.in_(ids)))
    session.execute(delete(PersonRow).where(gone))


def _unseen(now: datetime) -> ColumnElement[bool]:
    """Neither seen for so long nor in a track that goes on, and with no office."""
    since = now - timedelta(days=KEPT_FOR["people"])
    learns = exists().where(
        EnrolmentRow.pseudonym == PersonRow.pseudonym, EnrolmentRow.enrolled_at >= since
    )
    heard = exists().where(EventRow.pseudonym == PersonRow.pseudonym, EventRow.at >= since)
    return and_(PersonRow.seen_at < since, PersonRow.role == "reader", ~learns, ~heard)


def _rules(now: datetime) -> list[tuple[str, Any, Any, ColumnElement[bool]]]:
    def before(what: str) -> datetime:
        return now - timedelta(days=KEPT_FOR[what])

    rules: list[tuple[str, Any, Any, ColumnElement[bool]]] = [
        ("questions", ReceiptRow, ReceiptRow.asked_at, ReceiptRow.asked_at < before("questions")),
        (
            "deliveries", DeliveryRow, DeliveryRow.due_at,
            and_(DeliveryRow.due_at < before("deliveries"), DeliveryRow.state.not_in(WAITING)),
        ),
        (
            "words", WordsRow, None,
            WordsRow.event.in_(
                select(EventRow.id)
                .where(EventRow.at < before("words"), EventRow.has_words)
                .scalar_subquery()
            ),
        ),
        ("people", PersonRow, PersonRow.seen_at, _unseen(now)),
    ]  # fmt: skip
    conversations = _conversations()
    if conversations is not None:
        at = conversations.c.changed_at
        rules.append(("conversations", conversations, at, at < before("conversations")))
    return [(what, table, at if at is not None else null(), c) for what, table, at, c in rules]


def _conversations() -> Table | None:
    """The table of conversations belongs to a layer above, which is not imported here."""
    return Base.metadata.tables.get("conversation")
