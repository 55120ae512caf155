"""What an export is made of: a ledger in one snapshot of the database, and the modules."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, DateTime, Select, select, type_coerce
from sqlalchemy.orm import Session

from training_modules.chain import EVENTS
from training_modules.indicators.ledger import Ledger
from training_modules.module import Module
from training_modules.rows import EnrolmentRow, EventRow, LogHeadRow
from training_modules.zones import local

_AT_ONCE: Final = 5000
# The database's own kind of instant: making ours of it costs as much as the rest of a row.
AT: Final = type_coerce(EVENTS.c.at, DateTime(timezone=True)).label("at")


@dataclass(frozen=True)
class Source:
    """`zone` is where the library is; a person's own stands at their events.

    With a `pseudonym` it is all of one person.
    """

    ledger: Ledger
    zone: str
    modules: Sequence[Module] = ()
    pseudonym: str | None = None

    @property
    def session(self) -> Session:
        return self.ledger.session

    @property
    def find(self) -> Callable[[str], Module | None]:
        return {module.id: module for module in self.modules}.get

    def events(self, *columns: Any, verbs: Sequence[str]) -> Select[Any]:
        """The events that count."""
        query = self.ledger.events(*columns, verbs=verbs)
        return query if self.pseudonym is None else query.where(_of(EventRow, self.pseudonym))

    def enrolments(self, *columns: Any) -> Select[Any]:
        query = self.ledger.enrolments(*columns)
        return query if self.pseudonym is None else query.where(_of(EnrolmentRow, self.pseudonym))

    def stream(self, query: Select[Any]) -> Iterator[Any]:
        """Rows as they come, a few thousand of them in memory."""
        # The connection's rows are plain; those of a session cost as much again as reading them.
        options = {"yield_per": _AT_ONCE}
        with self.session.connection().execute(query, execution_options=options) as rows:
            yield from rows

    def head(self) -> tuple[int, str]:
        """How long the log was and how it ended: whoever keeps this can prove it later."""
        head = self.session.execute(select(LogHeadRow.number, LogHeadRow.hash)).one_or_none()
        return (head[0], head[1]) if head else (0, "")

    def instant(self, value: datetime | None) -> str | None:
        return local(value, self.zone).isoformat() if value else None


def _of(row: type[EventRow] | type[EnrolmentRow], pseudonym: str) -> ColumnElement[bool]:
    return row.pseudonym == pseudonym
