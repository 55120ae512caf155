"""Knowledge: what people knew before and after, by parallel tests, of those who took both."""

from collections.abc import Iterator
from typing import Final

from training_modules.event import Phase, Verb
from training_modules.indicators.indicator import Indicator, Unit
from training_modules.indicators.matching import at_two_times, compared, per_person
from training_modules.indicators.readings import Readings
from training_modules.indicators.statistics import Values, class_gain, difference, effect_size

# Who knew so much before has little room to gain; the gain is told with a warning.
CEILING: Final = 0.8


def matched(readings: Readings, first: Phase, second: Phase) -> Values:
    """The scores of those who took both tests, the second one in the period."""
    rows = [row for row in readings.of(Verb.TESTED) if row.score is not None]
    return per_person(
        at_two_times(readings.period, rows, first, second, lambda row: float(row.score))
    )


def took(readings: Readings, phase: Phase) -> int:
    """How many people took the test of a phase in the period."""
    tests = readings.in_period(readings.of(Verb.TESTED, phase))
    return len({row.pseudonym for row in tests})


def knowledge(readings: Readings) -> Iterator[Indicator]:
    pairs = matched(readings, Phase.PRE, Phase.POST)
    of = took(readings, Phase.POST)
    is_high = len(pairs) > 0 and float(pairs[:, 0].mean()) > CEILING
    warnings = ["ceiling"] if is_high else []
    for key, unit, method, statistic in (
        ("knowledge.gain", Unit.DIFFERENCE, "matched_difference", difference),
        ("knowledge.class_gain", Unit.RATIO, "class_gain", class_gain),
        ("knowledge.effect", Unit.EFFECT, "effect_size", effect_size),
    ):
        yield compared(key, unit, method, pairs, statistic, of, warnings)


def leaders_gain(readings: Readings) -> Indicator:
    """What emerging leaders gained; the readings are theirs."""
    pairs = matched(readings, Phase.PRE, Phase.POST)
    of = took(readings, Phase.POST)
    return compared("leaders.gain", Unit.DIFFERENCE, "matched_difference", pairs, difference, of)
