"""Memories: which items are due again for whom, and what an answer makes of them."""

from collections import Counter
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from training_modules.marking import grade
from training_modules.rows import MemoryRow
from training_modules.sitting import Record
from training_modules.spacing import review


def due(session: Session, pseudonym: str, on: date, most: int) -> list[tuple[str, str]]:
    """The items that are due, those longest forgotten first."""
    query = (
        select(MemoryRow.module, MemoryRow.item)
        .where(MemoryRow.pseudonym == pseudonym, MemoryRow.due_on <= on)
        .order_by(MemoryRow.due_on, MemoryRow.module, MemoryRow.item)
        .limit(most)
    )
    return [(module, item) for module, item in session.execute(query)]


def count_due(session: Session, pseudonym: str, on: date) -> int:
    query = select(func.count()).where(MemoryRow.pseudonym == pseudonym, MemoryRow.due_on <= on)
    return session.scalar(query) or 0


def drop(session: Session, pseudonym: str, module: str, item: str) -> None:
    """Ask no more for what is not there any more."""
    row = session.get(MemoryRow, (pseudonym, module, item))
    if row is not None:
        session.delete(row)


def remember(session: Session, pseudonym: str, enrolment: str, record: Record, on: date) -> None:
    """Plan the next time of an item that was answered."""
    if record.mark is None:
        return
    step = record.step
    row = session.get(MemoryRow, (pseudonym, step.module, step.name))
    given = grade(record.mark.score, record.certainty, is_first=row is None)
    reviewed = review(row.card if row else None, given, on, _loads(session, pseudonym, on))
    if row is None:
        row = MemoryRow(pseudonym=pseudonym, module=step.module, item=step.name)
        session.add(row)
    row.enrolment, row.due_on, row.card = enrolment, reviewed.due_on, reviewed.card


def _loads(session: Session, pseudonym: str, on: date) -> Counter[date]:
    query = (
        select(MemoryRow.due_on, func.count())
        .where(MemoryRow.pseudonym == pseudonym, MemoryRow.due_on > on)
        .group_by(MemoryRow.due_on)
    )
    loads: Counter[date] = Counter()
    for day, number in session.execute(query):
        loads[day] = number
    return loads
