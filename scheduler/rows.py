"""The table of deliveries: what is due for whom on which of their days, and what became of it."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database import Base, Instant


class DeliveryRow(Base):
    """One due row; its id is made of its slot, so that nothing can be due twice.

    What is sent to an administrator has no enrolment; their own id stands there instead.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("enrolment", "module", "kind", "local_date"),
        Index("ix_delivery_state_due_at", "state", "due_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    enrolment: Mapped[str]
    person: Mapped[str] = mapped_column(index=True)
    module: Mapped[str]
    kind: Mapped[str]
    number: Mapped[int] = mapped_column(default=0)
    local_date: Mapped[date]
    due_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    holder: Mapped[str] = mapped_column(default="")
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    message: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime] = mapped_column(Instant)


class DutyRow(Base):
    """Something that one process does at its time: who holds it, until when, when it was done."""

    __tablename__ = "duty"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(default="")
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    says: Mapped[str] = mapped_column(default="")
