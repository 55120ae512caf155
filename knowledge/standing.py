"""What stands in the catalogue already, for deciding what adding a file means."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select, text
from sqlalchemy.orm import Session

from knowledge.record import Facts
from knowledge.rows import DocumentRow, SectionRow, VersionRow

_TURN = 20242029


@dataclass(frozen=True, slots=True)
class Standing:
    """A document with its current version; `read_title` is the title that the text gave."""

    document: str
    title: str
    is_removed: bool
    version: int
    key: str
    sha256: str
    reader: int
    sections: int
    passages: int
    tables: int
    pages: int | None
    warnings: tuple[str, ...]
    read_title: str

    def title_with(self, facts: Facts, read_title: str) -> str:
        """The title of a next version: what people gave stays, what a text gave follows it."""
        if facts.title:
            return facts.title
        return read_title if self.title == self.read_title else self.title


def take_turn(session: Session) -> None:
    """One writer of the catalogue at a time; SQLite sees to it itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def standings(session: Session, documents: Iterable[str]) -> dict[str, Standing]:
    """What stands under each of these ids; an id that is not known is left out."""
    rows = session.execute(_query().where(DocumentRow.id.in_(list(documents))))
    return {row[0]: _standing(row) for row in rows}


def _query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            DocumentRow.id, DocumentRow.title, DocumentRow.removed_at.is_not(None),
            VersionRow.number, VersionRow.key, VersionRow.sha256, VersionRow.reader,
            VersionRow.section_count, VersionRow.passage_count, VersionRow.table_count,
            VersionRow.pages, VersionRow.warnings, SectionRow.title,
        )
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .join(SectionRow, and_(SectionRow.version == VersionRow.key, SectionRow.number == 0))
        .where(VersionRow.number == DocumentRow.version)
    )  # fmt: skip


def _standing(row: Any) -> Standing:
    *others, warnings, read_title = row
    values: list[Any] = [*others, tuple(warnings), read_title]
    return Standing(*values)


def holders(session: Session, hashes: Collection[str]) -> dict[str, list[str]]:
    """The documents whose current version is made of these bytes."""
    query = (
        select(VersionRow.sha256, DocumentRow.id)
        .join(DocumentRow, VersionRow.document_id == DocumentRow.id)
        .where(VersionRow.sha256.in_(list(hashes)), VersionRow.number == DocumentRow.version)
        .where(DocumentRow.removed_at.is_(None))
        .order_by(DocumentRow.id)
    )
    found: dict[str, list[str]] = {}
    for sha256, document in session.execute(query).tuples():
        found.setdefault(sha256, []).append(document)
    return found
