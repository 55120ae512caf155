"""The catalogue: documents, versions, sections, passages; queries and the changes they allow."""

import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session, load_only

from foundation.errors import UnknownDocument
from knowledge.document import Drop, Kind, Passage, Reading, Section, Span, Table
from knowledge.record import DocumentRecord, Facts, life_of, version_key
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
        raise UnknownDocument(
            f"There is no document “{document}” here; “libcoach documents list” shows all."
        )
    return _record(row[0], row[1], today)


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


def current_state(session: Session, document: str) -> tuple[DocumentRow, VersionRow] | None:
    """A document's row and its current version's, for deciding what adding it means."""
    row = session.execute(_with_version().where(DocumentRow.id == document)).one_or_none()
    return (row[0], row[1]) if row else None


def twins(session: Session, sha256: str, document: str) -> list[str]:
    """Other documents that hold the same bytes."""
    query = (
        select(DocumentRow.id)
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .where(VersionRow.sha256 == sha256, DocumentRow.id != document)
        .where(VersionRow.number == DocumentRow.version, DocumentRow.removed_at.is_(None))
    )
    return sorted(session.scalars(query))


def save_version(
    session: Session,
    document: str,
    reading: Reading,
    facts: Facts,
    *,
    file_name: str,
    sha256: str,
    now: datetime,
) -> str:
    """Write a text as the document's next version; answers the version's key."""
    row = session.get(DocumentRow, document)
    number = row.version + 1 if row else 1
    key = version_key(document, number, sha256)
    if row is None:
        session.add(_new_document(document, reading, facts, now))
    else:
        row.version, row.changed_at, row.removed_at = number, now, None
        row.title = facts.title or row.title
        change_facts(row, facts)
    session.flush()
    session.add(
        VersionRow(
            key=key, document_id=document, number=number, file_name=file_name, sha256=sha256,
            reader=READER, text=zlib.compress(reading.text.encode()), pages=reading.pages,
            tables=[_table_json(t) for t in reading.tables],
            drops=[[d.rule, d.span.start, d.span.end] for d in reading.drops],
            warnings=list(reading.warnings), section_count=len(reading.sections) - 1,
            passage_count=len(reading.passages), table_count=len(reading.tables), added_at=now,
        )
    )  # fmt: skip
    session.flush()
    _insert_parts(session, key, reading)
    return key


def _new_document(document: str, reading: Reading, facts: Facts, now: datetime) -> DocumentRow:
    values = {"title": reading.title, "is_draft": False, **facts.known()}
    return DocumentRow(id=document, version=1, added_at=now, changed_at=now, **values)


def change_facts(row: DocumentRow, facts: Facts) -> bool:
    """Write what is newly known of a document; answers whether anything changed."""
    changed = False
    for name, value in facts.known().items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def _insert_parts(session: Session, key: str, reading: Reading) -> None:
    sections = [
        {
            "version": key, "number": n, "parent": s.parent, "level": s.level,
            "title": s.title, "page": s.page,
        }
        for n, s in enumerate(reading.sections)
    ]  # fmt: skip
    passages = [
        {
            "version": key, "number": n, "section": p.section, "kind": str(p.kind),
            "text": p.text, "start": p.span.start, "end": p.span.end, "page": p.page,
            "in_table": p.table, "notes": list(p.notes) or None,
            "cells": [list(cell) for cell in p.cells] or None,
        }
        for n, p in enumerate(reading.passages)
    ]  # fmt: skip
    session.execute(insert(SectionRow.__table__), sections)  # type: ignore[arg-type]
    if passages:
        session.execute(insert(PassageRow.__table__), passages)  # type: ignore[arg-type]


def _table_json(table: Table) -> dict[str, Any]:
    return {
        "section": table.section, "caption": table.caption, "header": list(table.header),
        "rows": list(table.rows), "notes": list(table.notes),
    }  # fmt: skip


def load_reading(session: Session, key: str) -> Reading:
    """A version as it was understood."""
    version = session.get(VersionRow, key)
    if version is None:
        raise UnknownDocument(f"There is no version {key} in the catalogue.")
    sections = session.scalars(
        select(SectionRow).where(SectionRow.version == key).order_by(SectionRow.number)
    )
    passages = session.scalars(
        select(PassageRow).where(PassageRow.version == key).order_by(PassageRow.number)
    )
    kept = tuple(Section(s.title, s.level, s.parent, s.page) for s in sections)
    return Reading(
        text=zlib.decompress(version.text).decode(),
        title=kept[0].title,
        sections=kept,
        passages=tuple(_passage(p) for p in passages),
        tables=tuple(_table(t) for t in version.tables),
        drops=tuple(Drop(rule, Span(a, b)) for rule, a, b in version.drops),
        pages=version.pages,
        warnings=tuple(version.warnings),
    )


def _passage(row: PassageRow) -> Passage:
    cells = tuple(tuple(cell) for cell in row.cells or ())
    return Passage(
        Kind(row.kind), row.text, Span(row.start, row.end), row.section, row.page,
        row.in_table, cells, tuple(row.notes or ()),
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
    return dict(session.execute(query).tuples())


def set_replaced(session: Session, old: Iterable[str], new: str, now: datetime) -> None:
    for document in old:
        row = session.get(DocumentRow, document)
        if row is None:
            raise UnknownDocument(f"There is no document “{document}” that could be replaced.")
        row.replaced_by, row.changed_at = new, now


def remove_document(session: Session, document: str, now: datetime) -> str:
    """Take a document out of answers and keep its record; answers its current version."""
    state = current_state(session, document)
    if state is None or state[0].removed_at is not None:
        raise UnknownDocument(
            f"There is no document “{document}” here; “libcoach documents list” shows all."
        )
    state[0].removed_at = state[0].changed_at = now
    return state[1].key


def known_ids(session: Session, among: Sequence[str]) -> set[str]:
    return set(session.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(among))))
