"""Ratings: what people said on a scale; of several answers of a person the last one counts."""

from training_modules.event import Phase, Scale, Verb
from training_modules.indicators.matching import latest
from training_modules.indicators.readings import Readings


def last_ratings(readings: Readings, scale: Scale, phase: Phase) -> list[int]:
    """The last rating of each person on a scale in the period."""
    rows = readings.in_period(readings.of(Verb.RATED, phase, str(scale)))
    found = latest((row for row in rows if row.rating is not None), lambda row: row.pseudonym)
    return [row.rating for row in found.values()]
