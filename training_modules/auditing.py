"""The audit: what administrators did, to what, and how much it touched."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from foundation.clock import Clock
from foundation.database import Sessions
from training_modules.rows import AuditRow


def note(
    sessions: Sessions, clock: Clock, who: str, what: str, target: str = "",
    rows: int | None = None, sha256: str = "",
) -> None:  # fmt: skip
    row = AuditRow(
        id=str(uuid.uuid4()), at=clock(), who=who, what=what, target=target, rows=rows,
        sha256=sha256,
    )  # fmt: skip
    with sessions.begin() as session:
        session.add(row)


def noted(sessions: Sessions, most: int = 100) -> Sequence[AuditRow]:
    """The newest first."""
    with sessions() as session:
        query = select(AuditRow).order_by(AuditRow.at.desc(), AuditRow.id).limit(most)
        return session.scalars(query).all()
