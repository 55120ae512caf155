"""Receipts of answers, and gaps."""

import sqlalchemy as sa
from alembic import op

from foundation.database import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("asked_at", Instant(), nullable=False, index=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("citations", sa.JSON(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("rating", sa.Integer()),
        sa.Column("rating_reason", sa.String()),
    )
    op.create_table(
        "gap",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("nearest", sa.JSON(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
    )
