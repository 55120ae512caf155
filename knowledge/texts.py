"""The texts of single passages, for looking at a few of many documents without reading them."""

from collections.abc import Collection

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session

from knowledge.rows import PassageRow

Place = tuple[str, int]


def passage_texts(session: Session, places: Collection[Place]) -> dict[Place, str]:
    """The texts of passages by version and number; what is not there is left out."""
    numbers: dict[str, list[int]] = {}
    for version, number in places:
        numbers.setdefault(version, []).append(number)
    # Pairs in one list would make SQLite read the whole table; each version has its index.
    wanted = [
        and_(PassageRow.version == version, PassageRow.number.in_(several))
        for version, several in numbers.items()
    ]
    query = select(PassageRow.version, PassageRow.number, PassageRow.text).where(
        or_(false(), *wanted)
    )
    return {(version, number): text for version, number, text in session.execute(query)}
