"""The housekeeping there is: backup, personal data, documents, index, records for elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from foundation.clock import Clock
from foundation.database import Sessions
from knowledge.catalogue import list_documents
from knowledge.life import Status
from scheduler import backup, retention
from scheduler.housekeeping import Chore

_DAILY: Final = timedelta(hours=24)
_WEEKLY: Final = timedelta(days=7)
_SOON: Final = timedelta(minutes=5)
_EXPIRES_WITHIN: Final = timedelta(days=60)


@dataclass(frozen=True)
class House:
    """What is kept in order. `check_index` says how the index is; `send_records` hands events to
    a learning record store and answers how many; both are left out where there is none.
    """

    sessions: Sessions
    engine: Engine
    clock: Clock
    backups: Path
    check_index: Callable[[], str] | None = None
    send_records: Callable[[], int] | None = None

    def chores(self) -> tuple[Chore, ...]:
        found = [
            Chore("backup", _DAILY, self._back_up),
            Chore("retention", _WEEKLY, self._retain),
            Chore("documents", _DAILY, self._documents),
        ]
        if self.check_index is not None:
            found.append(Chore("index", _DAILY, self.check_index))
        if self.send_records is not None:
            send = self.send_records
            found.append(Chore("records", _SOON, lambda: f"{send()} sent"))
        return tuple(found)

    def _back_up(self) -> str:
        now = self.clock()
        made = backup.back_up(self.engine.url, self.backups, now)
        gone = backup.rotate(self.backups, now)
        return f"{made.path.name}, {gone} older ones removed"

    def _retain(self) -> str:
        with self.sessions.begin() as session:
            erased = retention.erase(session, self.clock())
        return ", ".join(f"{one.what} {one.rows}" for one in erased)

    def _documents(self) -> str:
        """How many documents are over, and how many will be within two months."""
        today = self.clock().date()
        with self.sessions() as session:
            records = list_documents(session, today)
        expired = sum(record.status == Status.EXPIRED for record in records)
        in_force = [record for record in records if record.status == Status.IN_FORCE]
        soon = sum(
            record.valid_until is not None and record.valid_until <= today + _EXPIRES_WITHIN
            for record in in_force
        )
        return f"{expired} expired, {soon} about to expire"
