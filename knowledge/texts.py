"""The texts of single passages, for looking at a few of many documents without reading them."""

from collections.abc import Collection

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from knowledge.rows import PassageRow

Place = tuple[str, int]


def passage_texts(session: Session, places: Collection[Place]) -> dict[Place, str]:
    """The texts of passages by version and number; what is not there is left out."""
    place = tuple_(PassageRow.version, PassageRow.number)
    query = select(PassageRow.version, PassageRow.number, PassageRow.text).where(
        place.in_(list(places))
    )
    return {(version, number): text for version, number, text in session.execute(query)}
