"""The ledger: which events count, for whom, and the queries over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from training_modules.event import Verb
from training_modules.indicators.period import Period
from training_modules.rows import EnrolmentRow, EventRow

# So many ids can be named in one statement on every database.
_NAMED: Final = 10_000


@dataclass(frozen=True)
class Ledger:
    """The log of a cohort (or of all) and a period; what was corrected counts nowhere."""

    session: Session
    period: Period
    cohort: str | None = None
    taken_back: Sequence[str] = ()

    def events(self, *columns: Any, verbs: Sequence[str], in_period: bool = True) -> Select[Any]:
        """The events that count, of some verbs."""
        query = select(*columns).where(*self._counting(verbs))
        if self.cohort is not None:
            query = query.join(EnrolmentRow, EnrolmentRow.id == EventRow.enrolment)
            query = query.where(*self._belonging())
        if in_period:
            query = query.where(*self._within(EventRow.at))
        elif self.period.until is not None:
            query = query.where(EventRow.at < self.period.until)
        return query

    def enrolments(self, *columns: Any) -> Select[Any]:
        """The enrolments of the cohort, whenever they were made."""
        return select(*columns).where(*self._belonging())

    def rows(self, query: Select[Any]) -> Sequence[Any]:
        return self.session.execute(query).all()

    def _counting(self, verbs: Sequence[str]) -> list[ColumnElement[bool]]:
        verb = EventRow.verb
        which = [verb == verbs[0] if len(verbs) == 1 else verb.in_(verbs)]
        if len(self.taken_back) > _NAMED:
            corrects = select(EventRow.corrects).where(verb == Verb.CORRECTED)
            which.append(EventRow.id.not_in(corrects))
        elif self.taken_back:
            which.append(EventRow.id.not_in(self.taken_back))
        return which

    def _belonging(self) -> list[ColumnElement[bool]]:
        return [] if self.cohort is None else [EnrolmentRow.cohort == self.cohort]

    def _within(self, at: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
        since, until = self.period.since, self.period.until
        return [*([at >= since] if since else ()), *([at < until] if until else ())]


def open_ledger(session: Session, period: Period, cohort: str | None) -> Ledger:
    """A ledger whose period has an end: that given, or just after the last thing that happened."""
    until = period.until
    if until is None:
        last = session.scalar(select(func.max(EventRow.at)).where(EventRow.verb != Verb.CORRECTED))
        until = last + timedelta(microseconds=1) if last else None
    return Ledger(session, Period(period.since, until), cohort, _taken_back(session))


def _taken_back(session: Session) -> list[str]:
    """The ids that were corrected; a correction that was itself taken back corrects nothing."""
    query = select(EventRow.id, EventRow.corrects).where(EventRow.verb == Verb.CORRECTED)
    found: set[str] = set()
    for correction, corrected in session.execute(query.order_by(EventRow.number.desc())):
        if correction not in found:
            found.add(corrected)
    return sorted(found)
