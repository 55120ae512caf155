"""The table of conversations: where each person stands, so that a restart loses nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database import Base, Instant


class ConversationRow(Base):
    """What a conversation remembers of one person, until they ask to be forgotten."""

    __tablename__ = "conversation"

    person: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(Instant)


class WaitingRow(Base):
    """Somebody who would like to hear when a question is answered."""

    __tablename__ = "waiting"

    gap: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant)
