"""The tables of the catalogue: documents, their versions, sections, passages, tables."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database import Base, Instant


class DocumentRow(Base):
    """A document with a life; what it says stands in its versions."""

    __tablename__ = "document"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    title_en: Mapped[str | None]
    publisher: Mapped[str | None]
    kind: Mapped[str | None]
    language: Mapped[str | None]
    rights: Mapped[str | None]
    published_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    is_draft: Mapped[bool] = mapped_column(default=False)
    replaced_by: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    version: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class VersionRow(Base):
    """One text of a document: the file it came from, and what reading it gave."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    reader: Mapped[int]
    text: Mapped[bytes] = mapped_column(LargeBinary)
    tables: Mapped[list[Any]] = mapped_column(JSON)
    drops: Mapped[list[Any]] = mapped_column(JSON)
    warnings: Mapped[list[str]] = mapped_column(JSON)
    pages: Mapped[int | None]
    section_count: Mapped[int]
    passage_count: Mapped[int]
    table_count: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(Instant)


class SectionRow(Base):
    """A node of a version's heading tree."""

    __tablename__ = "section"

    version: Mapped[str] = mapped_column(ForeignKey("document_version.key"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parent: Mapped[int | None]
    level: Mapped[int]
    title: Mapped[str]
    page: Mapped[int | None]


class PassageRow(Base):
    """A citable piece of a version."""

    __tablename__ = "passage"

    version: Mapped[str] = mapped_column(ForeignKey("document_version.key"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    section: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    page: Mapped[int | None]
    in_table: Mapped[int | None]
    cells: Mapped[list[list[str]] | None] = mapped_column(JSON(none_as_null=True))
    notes: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
