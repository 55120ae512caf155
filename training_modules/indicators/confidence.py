"""Confidence: how sure people feel, before and after, and before in looking back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from training_modules.event import Phase, Scale, Verb
from training_modules.indicators.indicator import Indicator, Unit
from training_modules.indicators.matching import Pair, compared, latest, per_person
from training_modules.indicators.readings import Readings
from training_modules.indicators.statistics import difference

_NOW = f"{Scale.CONFIDENCE}-"
_THEN = f"{Scale.CONFIDENCE_THEN}-"


def confidence(readings: Readings) -> Iterator[Indicator]:
    rows = (row for row in readings.of(Verb.RATED, item=_NOW) if row.rating is not None)
    answers = latest(rows, lambda row: (row.enrolment, row.phase, row.item))
    after = {
        row.pseudonym for row in answers.values()
        if row.phase == Phase.END and readings.period.holds(row.at)
    }  # fmt: skip
    for key, before in (
        ("confidence.before_after", lambda n: (Phase.PRE, f"{_NOW}{n}")),
        ("confidence.looking_back", lambda n: (Phase.END, f"{_THEN}{n}")),
    ):
        pairs = per_person(_pairs(readings, answers, before))
        yield compared(key, Unit.RATING, "matched_difference", pairs, difference, len(after))


def _pairs(readings: Readings, answers: dict[Any, Any], before: Any) -> Iterable[Pair]:
    """Of each enrolment the means over the statements that were rated both times."""
    both: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for (enrolment, phase, item), row in answers.items():
        is_after = phase == Phase.END and not item.startswith(_THEN)
        first = answers.get((enrolment, *before(item.removeprefix(_NOW)))) if is_after else None
        if first is not None and readings.period.holds(row.at):
            both[row.pseudonym, enrolment].append((first.rating, row.rating))
    for (person, _), ratings in both.items():
        first_sum, second_sum = (sum(column) for column in zip(*ratings, strict=True))
        yield person, first_sum / len(ratings), second_sum / len(ratings)
