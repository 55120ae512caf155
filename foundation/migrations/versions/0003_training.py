"""People, training, the outcome log, deliveries, conversations."""

import sqlalchemy as sa
from alembic import op

from foundation.database import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# SQLite counts up only what it calls INTEGER.
_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _people()
    _cohorts()
    _sittings()
    _log()
    _work()
    _schedule()


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(), primary_key=True),
        *_texts("channel", "address", "name", "role", "language", "zone", "pseudonym", "post"),
        *_texts("region", "days", "calendar"),
        sa.Column("is_emerging_leader", sa.Boolean(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("consent", sa.Integer(), nullable=False),
        sa.Column("consent_at", Instant()),
        sa.Column("paused_until", sa.Date()),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("resumed_at", Instant()),
        sa.Column("blocked_at", Instant()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.UniqueConstraint("channel", "address", name="uq_person_channel"),
        sa.UniqueConstraint("pseudonym", name="uq_person_pseudonym"),
    )
    op.create_index("ix_person_zone_hour", "person", ["zone", "hour"])


def _cohorts() -> None:
    op.create_table(
        "cohort",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant()),
        sa.UniqueConstraint("code", name="uq_cohort_code"),
    )
    op.create_table(
        "enrolment",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("pseudonym", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("cohort", sa.String(), index=True),
        sa.Column("first_form", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("is_emerging_leader", sa.Boolean(), nullable=False),
        sa.Column("enrolled_at", Instant(), nullable=False),
        sa.Column("baseline_at", Instant()),
        sa.Column("completed_at", Instant()),
        sa.Column("followed_up_at", Instant()),
        sa.Column("left_at", Instant()),
        sa.Column("left_because", sa.String(), nullable=False),
        sa.Column("certificate", sa.String()),
        sa.UniqueConstraint("certificate", name="uq_enrolment_certificate"),
    )
    op.create_index("ix_enrolment_pseudonym_track", "enrolment", ["pseudonym", "track"])


def _sittings() -> None:
    op.create_table(
        "sitting",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("enrolment", sa.String(), nullable=False, index=True),
        sa.Column("pseudonym", sa.String(), nullable=False, index=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.Column("state", sa.JSON(), nullable=False),
    )
    op.create_table(
        "memory",
        sa.Column("pseudonym", sa.String(), primary_key=True),
        sa.Column("module", sa.String(), primary_key=True),
        sa.Column("item", sa.String(), primary_key=True),
        sa.Column("enrolment", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
    )
    op.create_index("ix_memory_pseudonym_due", "memory", ["pseudonym", "due_on"])
    op.create_table(
        "wish",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("pseudonym", sa.String(), nullable=False, index=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("wished_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant()),
    )
    op.create_table(
        "words",
        sa.Column("event", sa.String(), primary_key=True),
        sa.Column("pseudonym", sa.String(), nullable=False, index=True),
        sa.Column("text", sa.String(), nullable=False),
    )


def _log() -> None:
    op.create_table(
        "event",
        sa.Column("number", _COUNTED, primary_key=True, autoincrement=False),
        *_texts("id", "verb", "zone", "enrolment", "track", "module", "item", "item_type"),
        *_texts("phase", "sitting", "delivery", "response", "corrects", "hash"),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False, index=True),
        sa.Column("pseudonym", sa.String(), nullable=False, index=True),
        sa.Column("module_version", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("correct", sa.Boolean()),
        sa.Column("score", sa.Double()),
        sa.Column("certainty", sa.Integer()),
        sa.Column("rating", sa.Integer()),
        sa.Column("scale_max", sa.Integer()),
        sa.Column("seconds", sa.Double()),
        sa.Column("has_words", sa.Boolean(), nullable=False),
        sa.Column("share", sa.Boolean()),
        sa.Column("consent", sa.Integer(), nullable=False),
        sa.UniqueConstraint("id", name="uq_event_id"),
    )
    op.create_index("ix_event_enrolment_verb", "event", ["enrolment", "verb"])
    head = op.create_table(
        "log_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", _COUNTED, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": "0" * 64}])
    op.create_table(
        "outbox",
        sa.Column("event", sa.String(), primary_key=True),
        sa.Column("number", _COUNTED, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
    )
    op.create_index("ix_outbox_state_next_at", "outbox", ["state", "next_at"])


def _work() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("module", sa.String(), nullable=False, index=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.UniqueConstraint("module", "sha256", "by", "decision", name="uq_approval_module"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("at", Instant(), nullable=False, index=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer()),
        sa.Column("sha256", sa.String(), nullable=False),
    )
    op.create_table(
        "conversation",
        sa.Column("person", sa.String(), primary_key=True),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
    )
    op.create_table(
        "waiting",
        sa.Column("gap", sa.String(), primary_key=True),
        sa.Column("person", sa.String(), primary_key=True),
        sa.Column("since", Instant(), nullable=False),
    )
    op.create_table(
        "handled_update",
        sa.Column("bot", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("handled_at", Instant()),
    )


def _schedule() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("enrolment", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False, index=True),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("lease_until", Instant()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", Instant()),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.UniqueConstraint(
            "enrolment", "module", "kind", "local_date", name="uq_delivery_enrolment"
        ),
    )
    op.create_index("ix_delivery_state_due_at", "delivery", ["state", "due_at"])
    op.create_table(
        "duty",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("lease_until", Instant()),
        sa.Column("done_at", Instant()),
        sa.Column("says", sa.String(), nullable=False),
    )
