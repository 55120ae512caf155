"""The tables of training: people apart from the log, which knows pseudonyms only."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database import Base, Instant

# SQLite counts up only what it calls INTEGER.
_Counted = BigInteger().with_variant(Integer(), "sqlite")


class PersonRow(Base):
    """Someone on a channel: all personal data there is. `pseudonym` is random, not derived.

    `hour`, `quiet_from` and `quiet_until` are minutes of the day in `zone`; `calendar` is `cn` for
    those who learn on Chinese workdays only.
    """

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("channel", "address"),
        Index("ix_person_zone_hour", "zone", "hour"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    address: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="reader")
    language: Mapped[str]
    zone: Mapped[str]
    pseudonym: Mapped[str] = mapped_column(unique=True)
    post: Mapped[str] = mapped_column(default="")
    is_emerging_leader: Mapped[bool] = mapped_column(default=False)
    region: Mapped[str] = mapped_column(default="")
    hour: Mapped[int] = mapped_column(default=480)
    days: Mapped[str] = mapped_column(default="1234567")
    calendar: Mapped[str] = mapped_column(default="")
    quiet_from: Mapped[int] = mapped_column(default=1320)
    quiet_until: Mapped[int] = mapped_column(default=420)
    consent: Mapped[int] = mapped_column(default=0)
    consent_at: Mapped[datetime | None] = mapped_column(Instant)
    paused_until: Mapped[date | None]
    is_paused: Mapped[bool] = mapped_column(default=False)
    resumed_at: Mapped[datetime | None] = mapped_column(Instant)
    blocked_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)


class CohortRow(Base):
    """People who learn together; they join by its code."""

    __tablename__ = "cohort"

    name: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    track: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class EnrolmentRow(Base):
    """One person in one track; `first_form` is the test form of the baseline, A or B."""

    __tablename__ = "enrolment"
    __table_args__ = (Index("ix_enrolment_pseudonym_track", "pseudonym", "track"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    pseudonym: Mapped[str]
    track: Mapped[str]
    cohort: Mapped[str | None] = mapped_column(index=True)
    first_form: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    is_emerging_leader: Mapped[bool] = mapped_column(default=False)
    enrolled_at: Mapped[datetime] = mapped_column(Instant)
    baseline_at: Mapped[datetime | None] = mapped_column(Instant)
    completed_at: Mapped[datetime | None] = mapped_column(Instant)
    followed_up_at: Mapped[datetime | None] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    left_because: Mapped[str] = mapped_column(default="")
    certificate: Mapped[str | None] = mapped_column(unique=True)


class SittingRow(Base):
    """One sitting of a person: what is asked in which order, and how far they are."""

    __tablename__ = "sitting"

    id: Mapped[str] = mapped_column(primary_key=True)
    enrolment: Mapped[str] = mapped_column(index=True)
    pseudonym: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    module: Mapped[str] = mapped_column(default="")
    delivery: Mapped[str] = mapped_column(default="")
    local_date: Mapped[date]
    begun_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)


class MemoryRow(Base):
    """What the spacing knows of one item in one person's memory."""

    __tablename__ = "memory"
    __table_args__ = (Index("ix_memory_pseudonym_due", "pseudonym", "due_on"),)

    pseudonym: Mapped[str] = mapped_column(primary_key=True)
    module: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    enrolment: Mapped[str]
    due_on: Mapped[date]
    card: Mapped[dict[str, Any]] = mapped_column(JSON)


class EventRow(Base):
    """One line of the outcome log, chained to the one before it; never changed."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_enrolment_verb", "enrolment", "verb"),)

    number: Mapped[int] = mapped_column(_Counted, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(unique=True)
    schema: Mapped[int]
    verb: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    zone: Mapped[str]
    pseudonym: Mapped[str] = mapped_column(index=True)
    enrolment: Mapped[str]
    track: Mapped[str]
    module: Mapped[str]
    module_version: Mapped[int]
    item: Mapped[str]
    item_type: Mapped[str]
    phase: Mapped[str]
    attempt: Mapped[int]
    sitting: Mapped[str]
    delivery: Mapped[str]
    response: Mapped[str]
    correct: Mapped[bool | None]
    score: Mapped[float | None]
    certainty: Mapped[int | None]
    rating: Mapped[int | None]
    scale_max: Mapped[int | None]
    seconds: Mapped[float | None]
    has_words: Mapped[bool]
    share: Mapped[bool | None]
    consent: Mapped[int]
    corrects: Mapped[str]
    hash: Mapped[str]


class LogHeadRow(Base):
    """The one row that says how long the log is and how it ends: a cut tail is noticed by it."""

    __tablename__ = "log_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(_Counted)
    hash: Mapped[str]


class WordsRow(Base):
    """What a person wrote at an event; erased when they ask, and the chain still holds."""

    __tablename__ = "words"

    event: Mapped[str] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(index=True)
    text: Mapped[str]


class WishRow(Base):
    """What somebody would like to learn, in their words, and the module that meets it."""

    __tablename__ = "wish"

    id: Mapped[str] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(index=True)
    text: Mapped[str]
    language: Mapped[str]
    module: Mapped[str] = mapped_column(default="")
    wished_at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)


class ApprovalRow(Base):
    """A decision about one content of a module that was taken in the chat."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("module", "sha256", "by", "decision"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    module: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str]
    by: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    decision: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)


class AuditRow(Base):
    """What an administrator did, to what, and how many rows it touched."""

    __tablename__ = "audit"

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    who: Mapped[str]
    what: Mapped[str]
    target: Mapped[str] = mapped_column(default="")
    rows: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(default="")


class OutboxRow(Base):
    """An event that a learning record store shall have."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state_next_at", "state", "next_at"),)

    event: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(_Counted)
    state: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(Instant)
    problem: Mapped[str] = mapped_column(default="")
