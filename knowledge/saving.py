"""Writing a version into the catalogue, and what changes with it."""

import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from foundation.errors import UnknownDocument
from knowledge.catalogue import READER
from knowledge.document import Reading, Table
from knowledge.record import Facts
from knowledge.rows import DocumentRow, PassageRow, SectionRow, VersionRow
from knowledge.standing import Standing


def save_version(
    session: Session,
    version: Standing,
    reading: Reading,
    facts: Facts,
    *,
    file_name: str,
    now: datetime,
) -> None:
    """Write a text as its document's next version, which is then the current one."""
    known = facts.known() | {"title": version.title}
    changed = {**known, "version": version.version, "changed_at": now}
    if version.version == 1:
        first = {"id": version.document, "is_draft": False, "added_at": now, **changed}
        session.execute(insert(DocumentRow), [first])
    else:
        back = {**changed, "removed_at": None}
        session.execute(update(DocumentRow).where(DocumentRow.id == version.document).values(back))
    session.execute(insert(VersionRow), [_version(version, reading, file_name, now)])
    _insert_parts(session, version.key, reading)


def _version(version: Standing, reading: Reading, file_name: str, now: datetime) -> dict[str, Any]:
    return {
        "key": version.key, "document_id": version.document, "number": version.version,
        "file_name": file_name, "sha256": version.sha256, "reader": READER,
        "text": zlib.compress(reading.text.encode()), "pages": reading.pages,
        "tables": [_table_json(t) for t in reading.tables],
        "drops": [[d.rule, d.span.start, d.span.end] for d in reading.drops],
        "warnings": list(reading.warnings), "section_count": version.sections,
        "passage_count": version.passages, "table_count": version.tables, "added_at": now,
    }  # fmt: skip


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
    session.execute(insert(PassageRow.__table__), passages)  # type: ignore[arg-type]


def _table_json(table: Table) -> dict[str, Any]:
    return {
        "section": table.section, "caption": table.caption, "header": list(table.header),
        "rows": list(table.rows), "notes": list(table.notes),
    }  # fmt: skip


def change_facts(session: Session, document: str, facts: Facts, now: datetime) -> None:
    """Write what is newly known of a document."""
    row = session.get_one(DocumentRow, document)
    fresh = {name: v for name, v in facts.known().items() if getattr(row, name) != v}
    for name, value in fresh.items():
        setattr(row, name, value)
    if fresh:
        row.changed_at = now


def set_replaced(session: Session, old: Iterable[str], new: str, now: datetime) -> None:
    """Say that documents are superseded by another, which itself is then superseded by none."""
    for document in old:
        row = session.get(DocumentRow, document)
        if row is None:
            raise UnknownDocument(
                f"There is no document “{document}” that could be replaced;"
                " “libcoach documents list” shows all."
            )
        if row.replaced_by != new:
            row.replaced_by, row.changed_at = new, now
        newer = session.get_one(DocumentRow, new)
        if newer.replaced_by == document:
            newer.replaced_by = None
