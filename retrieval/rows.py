"""The tables of answers: receipts to be reopened and rated, and what was not answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database import Base, Instant


class ReceiptRow(Base):
    """One answer with all it rested on; `code` is what a person quotes to reopen it."""

    __tablename__ = "receipt"

    code: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(Instant, index=True)
    said: Mapped[str]
    question: Mapped[str]
    language: Mapped[str]
    verdict: Mapped[str]
    mode: Mapped[str]
    answer: Mapped[str]
    citations: Mapped[list[Any]] = mapped_column(JSON)
    missing: Mapped[list[Any]] = mapped_column(JSON)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    rating: Mapped[int | None]
    rating_reason: Mapped[str | None]


class GapRow(Base):
    """A question that the documents did not answer, counted by its words."""

    __tablename__ = "gap"

    key: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str]
    language: Mapped[str]
    missing: Mapped[list[Any]] = mapped_column(JSON)
    nearest: Mapped[list[Any]] = mapped_column(JSON)
    times: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str]
