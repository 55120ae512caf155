"""Retention: how much is still there a month later, and when it is asked again."""

from collections.abc import Iterator

from training_modules.event import Phase
from training_modules.indicators.indicator import Indicator, Unit
from training_modules.indicators.knowledge import matched, took
from training_modules.indicators.matching import compared
from training_modules.indicators.readings import Readings
from training_modules.indicators.shares import of_answers
from training_modules.indicators.statistics import ratio


def retention(readings: Readings) -> Iterator[Indicator]:
    pairs = matched(readings, Phase.POST, Phase.LATER)
    of = took(readings, Phase.LATER)
    yield compared("retention.test", Unit.RATIO, "kept_ratio", pairs, ratio, of)
    yield of_answers("retention.review", readings.sums("reviewed"))
