"""Whether the catalogue itself is whole: every version with its sections and passages."""

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from foundation.database import Sessions
from knowledge.catalogue import READER
from knowledge.rows import DocumentRow, PassageRow, SectionRow, VersionRow


def database_is_sound(sessions: Sessions) -> bool:
    """Whether the database's own check finds nothing; PostgreSQL sees to that itself."""
    with sessions() as session:
        if session.get_bind().dialect.name != "sqlite":
            return True
        return bool(session.scalar(text("PRAGMA integrity_check(1)")) == "ok")


def passage_counts(session: Session) -> dict[str, int]:
    """How many passages each version says it has."""
    query = select(VersionRow.key, VersionRow.passage_count)
    return dict(session.execute(query).tuples().all())


def broken_documents(session: Session) -> tuple[str, ...]:
    """Documents of which some version lacks passages or sections, or which lack a version."""
    numbers = (func.count(), func.min(PassageRow.number), func.max(PassageRow.number))
    by_version = select(PassageRow.version, *numbers).group_by(PassageRow.version)
    passages = {key: tuple(counted) for key, *counted in session.execute(by_version)}
    of_sections = select(SectionRow.version, func.count()).group_by(SectionRow.version)
    sections = dict(session.execute(of_sections).tuples().all())
    said = select(
        VersionRow.document_id, VersionRow.key, VersionRow.passage_count, VersionRow.section_count
    )
    broken = {
        document
        for document, key, count, section_count in session.execute(said)
        if passages.get(key) != (count, 0, count - 1) or sections.get(key) != section_count + 1
    }
    return tuple(sorted(broken | _without_version(session)))


def _without_version(session: Session) -> set[str]:
    joined = (VersionRow.document_id == DocumentRow.id) & (VersionRow.number == DocumentRow.version)
    query = select(DocumentRow.id).outerjoin(VersionRow, joined).where(VersionRow.key.is_(None))
    return set(session.scalars(query))


def documents_of_older_readers(session: Session) -> tuple[str, ...]:
    """Documents that were read by the rules of an earlier program."""
    query = (
        select(DocumentRow.id)
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .where(VersionRow.number == DocumentRow.version, DocumentRow.removed_at.is_(None))
    )
    return tuple(sorted(session.scalars(query.where(VersionRow.reader < READER))))
