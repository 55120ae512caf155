"""Ratings: what people said on a scale; of several answers of a person the last one counts."""

from collections.abc import Sequence
from typing import Any

from training_modules.event import Phase, Scale, Verb
from training_modules.indicators.ledger import Ledger
from training_modules.indicators.matching import latest
from training_modules.rows import EventRow


def last_ratings(ledger: Ledger, scale: Scale, phase: Phase) -> list[int]:
    """The last rating of each person on a scale in the period."""
    rows = _rated(ledger, scale, phase)
    return sorted(row.rating for row in latest(rows, lambda row: row.pseudonym).values())


def _rated(ledger: Ledger, scale: Scale, phase: Phase) -> Sequence[Any]:
    columns = (EventRow.pseudonym, EventRow.rating, EventRow.at, EventRow.id)
    query = ledger.events(*columns, verbs=[Verb.RATED]).where(
        EventRow.item == scale, EventRow.phase == phase, EventRow.rating.is_not(None)
    )
    return ledger.rows(query)


def finishers(ledger: Ledger, *, in_period: bool = True) -> dict[str, Any]:
    """The people who finished a track, and when they did so first."""
    query = ledger.events(
        EventRow.pseudonym, EventRow.at, verbs=[Verb.FINISHED], in_period=in_period
    )
    found: dict[str, Any] = {}
    for person, at in ledger.rows(query):
        found[person] = min(at, found.get(person, at))
    return found
