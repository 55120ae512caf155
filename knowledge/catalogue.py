"""The catalogue: documents, versions, sections, passages; what it holds, and taking out of it."""

import zlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session, load_only

from foundation.errors import UnknownDocument
from knowledge.document import Drop, Kind, Passage, Reading, Section, Span, Table
from knowledge.record import DocumentRecord, VersionRecord, life_of
from knowledge.rows import DocumentRow, PassageRow, SectionRow, VersionRow

# Raised when the rules of reading change, so that documents can be read again.
READER = 1


def list_documents(
    session: Session, today: date, *, with_removed: bool = False
) -> list[DocumentRecord]:
    """All documents, newest change last."""
    query = _with_version()
    if not with_removed:
        query = query.where(DocumentRow.removed_at.is_(None))
    rows = session.execute(query.order_by(DocumentRow.added_at, DocumentRow.id))
    return [_record(document, version, today) for document, version in rows]


def get_document(session: Session, document: str, today: date) -> DocumentRecord:
    row = session.execute(_with_version().where(DocumentRow.id == document)).one_or_none()
    if row is None:
        raise _unknown(document)
    return _record(row[0], row[1], today)


def _unknown(document: str) -> UnknownDocument:
    return UnknownDocument(
        f"There is no document “{document}” here; “libcoach documents list” shows all."
    )


def _with_version() -> Select[DocumentRow, VersionRow]:
    columns = [c for c in VersionRow.__table__.columns if c.name not in {"text", "drops", "tables"}]
    joined = (VersionRow.document_id == DocumentRow.id) & (VersionRow.number == DocumentRow.version)
    wanted = load_only(*(getattr(VersionRow, column.name) for column in columns))
    return select(DocumentRow, VersionRow).join(VersionRow, joined).options(wanted)


def _record(row: DocumentRow, version: VersionRow, today: date) -> DocumentRecord:
    return DocumentRecord(
        row.id, row.title, row.title_en, row.publisher, row.kind, row.language, row.rights,
        row.published_on, row.valid_from, row.valid_until, life_of(row).status(today),
        row.replaced_by, row.version, version.key, version.file_name, version.section_count,
        version.passage_count, version.table_count, version.pages, tuple(version.warnings),
        row.added_at, row.changed_at,
    )  # fmt: skip


def list_versions(session: Session, document: str) -> list[VersionRecord]:
    """Every version of a document, the oldest first."""
    columns = (
        VersionRow.number, VersionRow.key, VersionRow.file_name, VersionRow.sha256,
        VersionRow.reader, VersionRow.passage_count, VersionRow.warnings, VersionRow.added_at,
    )  # fmt: skip
    rows = session.execute(select(*columns).where(VersionRow.document_id == document))
    found = [VersionRecord(*row[:6], tuple(row[6]), row[7]) for row in rows]
    return sorted(found, key=lambda version: version.number)


def load_reading(session: Session, key: str) -> Reading:
    """A version as it was understood."""
    version = session.get(VersionRow, key)
    if version is None:
        raise UnknownDocument(f"There is no version {key} in the catalogue.")
    # Plain columns: rows as objects of their own take half as long again.
    sections = session.execute(
        select(SectionRow.title, SectionRow.level, SectionRow.parent, SectionRow.page)
        .where(SectionRow.version == key)
        .order_by(SectionRow.number)
    )
    passages = session.execute(
        select(*_PASSAGE).where(PassageRow.version == key).order_by(PassageRow.number)
    )
    kept = tuple(Section(*section) for section in sections)
    return Reading(
        text=zlib.decompress(version.text).decode(),
        title=kept[0].title,
        sections=kept,
        passages=tuple(_passage(*row) for row in passages),
        tables=tuple(_table(t) for t in version.tables),
        drops=tuple(Drop(rule, Span(a, b)) for rule, a, b in version.drops),
        pages=version.pages,
        warnings=tuple(version.warnings),
    )


_PASSAGE: Final = (
    PassageRow.kind, PassageRow.text, PassageRow.start, PassageRow.end, PassageRow.section,
    PassageRow.page, PassageRow.in_table, PassageRow.cells, PassageRow.notes,
)  # fmt: skip


def _passage(kind: str, text: str, start: int, end: int, *rest: Any) -> Passage:
    section, page, table, cells, notes = rest
    return Passage(
        Kind(kind), text, Span(start, end), section, page, table,
        tuple(tuple(cell) for cell in cells or ()), tuple(notes or ()),
    )  # fmt: skip


def _table(kept: dict[str, Any]) -> Table:
    return Table(
        kept["section"], kept["caption"], tuple(kept["header"]),
        tuple(kept["rows"]), tuple(kept["notes"]),
    )  # fmt: skip


def version_keys(session: Session) -> dict[str, str]:
    """The current version of every document that is not removed: key to document."""
    query = (
        select(VersionRow.key, DocumentRow.id)
        .join(DocumentRow, VersionRow.document_id == DocumentRow.id)
        .where(VersionRow.number == DocumentRow.version, DocumentRow.removed_at.is_(None))
    )
    return dict(session.execute(query).tuples().all())


def remove_document(session: Session, document: str, now: datetime) -> str:
    """Take a document out of answers and keep its record; answers its current version."""
    row = session.get(DocumentRow, document, with_for_update=True)
    if row is None or row.removed_at is not None:
        raise _unknown(document)
    row.removed_at = row.changed_at = now
    session.execute(
        update(DocumentRow).where(DocumentRow.replaced_by == document).values(replaced_by=None)
    )
    query = select(VersionRow.key).where(VersionRow.document_id == document)
    return session.scalars(query.where(VersionRow.number == row.version)).one()


def superseded_by(session: Session, document: str) -> list[str]:
    """The documents that this one has replaced."""
    query = select(DocumentRow.id).where(DocumentRow.replaced_by == document)
    return list(session.scalars(query.order_by(DocumentRow.id)))


def known_ids(session: Session, among: Sequence[str]) -> set[str]:
    return set(session.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(among))))


def last_change(session: Session) -> tuple[int, str]:
    """How many versions there are and when one last changed; the same while nothing happened."""
    versions = select(func.sum(DocumentRow.version)).scalar_subquery()
    removed = select(func.count(DocumentRow.removed_at)).scalar_subquery()
    number, gone, newest = session.execute(
        select(versions, removed, func.max(DocumentRow.changed_at))
    ).one()
    return int(number or 0) + int(gone), str(newest)
