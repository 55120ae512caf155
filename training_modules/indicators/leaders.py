"""Emerging leaders: how many took part, and what it was worth to them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from training_modules.indicators.application import leaders_application
from training_modules.indicators.indicator import Indicator, suppressed
from training_modules.indicators.knowledge import leaders_gain
from training_modules.indicators.participants import people
from training_modules.indicators.readings import Readings
from training_modules.indicators.relevance import relevance
from training_modules.indicators.suppression import reveals


def leaders(readings: Readings, of_all: Mapping[str, Indicator]) -> Iterator[Indicator]:
    """Each beside the figure of all; the rest of the people must not be found by subtraction."""
    theirs = readings.for_leaders()
    everyone = of_all["participants.people"]
    count = people("leaders.people", len(theirs.active), of=everyone.n)
    yield _guarded(count, everyone)
    for own, all_ in (
        (leaders_gain(theirs), "knowledge.gain"),
        (leaders_application(theirs), "application.of_completers"),
        (relevance(theirs, "leaders.relevance"), "relevance.top_two"),
    ):
        yield _guarded(own, of_all[all_])


def _guarded(own: Indicator, of_all: Indicator) -> Indicator:
    """Suppressed, too, where the others are too few to be told beside the whole."""
    pairs = ((own.n, of_all.n), (own.denominator, of_all.denominator))
    for part, whole in pairs:
        if own.is_told and part and whole and whole > part and reveals(part, whole):
            return suppressed(own.key, own.unit, own.method)
    # Their levels beside those of all would tell the levels of the others.
    return replace(own, cells=())
