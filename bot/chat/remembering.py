"""What a conversation remembers between two messages, in the database."""

from typing import Any

from sqlalchemy import delete

from bot.rows import ConversationRow
from foundation.clock import Clock
from foundation.database import Sessions


def recall(sessions: Sessions, person: str) -> dict[str, Any]:
    with sessions() as session:
        row = session.get(ConversationRow, person)
        return dict(row.state) if row else {}


def remember(sessions: Sessions, clock: Clock, person: str, state: dict[str, Any]) -> None:
    with sessions.begin() as session:
        row = session.get(ConversationRow, person)
        if row is None:
            row = ConversationRow(person=person)
            session.add(row)
        row.state, row.changed_at = state, clock()


def forget(sessions: Sessions, person: str) -> None:
    with sessions.begin() as session:
        session.execute(delete(ConversationRow).where(ConversationRow.person == person))
