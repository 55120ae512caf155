"""Documents, versions, sections, passages."""

import sqlalchemy as sa
from alembic import op

from foundation.database import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _documents()
    _parts()


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String()),
        sa.Column("publisher", sa.String()),
        sa.Column("kind", sa.String()),
        sa.Column("language", sa.String()),
        sa.Column("rights", sa.String()),
        sa.Column("published_on", sa.Date()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        sa.Column("replaced_by", sa.String(), sa.ForeignKey("document.id")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant()),
    )
    op.create_table(
        "document_version",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("document_id", sa.String(), sa.ForeignKey("document.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False, index=True),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("drops", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.Column("section_count", sa.Integer(), nullable=False),
        sa.Column("passage_count", sa.Integer(), nullable=False),
        sa.Column("table_count", sa.Integer(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.UniqueConstraint("document_id", "number", name="uq_document_version_document_id"),
    )


def _parts() -> None:
    op.create_table(
        "section",
        sa.Column("version", sa.String(), sa.ForeignKey("document_version.key"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("parent", sa.Integer()),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("page", sa.Integer()),
    )
    op.create_table(
        "passage",
        sa.Column("version", sa.String(), sa.ForeignKey("document_version.key"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("in_table", sa.Integer()),
        sa.Column("cells", sa.JSON()),
        sa.Column("notes", sa.JSON()),
    )
