"""Waiting: who would like to hear when a question that found nothing is answered."""

from sqlalchemy import delete, select

from bot.chat.turn import Turn
from bot.rows import WaitingRow
from bot.speech import Address
from foundation.database import Sessions
from retrieval.receipts import gap_key
from training_modules.rows import PersonRow


def wait_for(turn: Turn, question: str) -> None:
    with turn.app.sessions.begin() as session:
        session.merge(
            WaitingRow(gap=gap_key(question), person=turn.person.id, since=turn.app.clock())
        )


def waiting(sessions: Sessions, gap: str) -> list[tuple[Address, str]]:
    """Where those who wait are, and their language."""
    query = (
        select(PersonRow.channel, PersonRow.address, PersonRow.language)
        .join(WaitingRow, WaitingRow.person == PersonRow.id)
        .where(WaitingRow.gap == gap)
    )
    with sessions() as session:
        return [
            (Address(channel, address), lang) for channel, address, lang in session.execute(query)
        ]


def done_waiting(sessions: Sessions, gap: str) -> None:
    with sessions.begin() as session:
        session.execute(delete(WaitingRow).where(WaitingRow.gap == gap))
