"""Retention: how much is still there a month later, and when it is asked again."""

from collections.abc import Iterator

import numpy as np
from sqlalchemy import func

from training_modules.event import Phase, Verb
from training_modules.indicators.indicator import Indicator, Unit, suppressed
from training_modules.indicators.knowledge import matched, tests, took
from training_modules.indicators.ledger import Ledger
from training_modules.indicators.matching import compared
from training_modules.indicators.statistics import bootstrap, ratio
from training_modules.indicators.suppression import is_too_few
from training_modules.rows import EventRow


def retention(ledger: Ledger) -> Iterator[Indicator]:
    rows = tests(ledger)
    pairs = matched(ledger, rows, Phase.POST, Phase.LATER)
    of = took(ledger, rows, Phase.LATER)
    yield compared("retention.test", Unit.RATIO, "kept_ratio", pairs, ratio, of)
    yield _reviews(ledger)


def _reviews(ledger: Ledger) -> Indicator:
    """Of what was asked again in spaced review, the share that was right."""
    key, method = "retention.review", "share_of_answers"
    score = EventRow.score
    query = (
        ledger.events(EventRow.pseudonym, func.count(), func.sum(score), verbs=[Verb.ANSWERED])
        .where(EventRow.phase == Phase.REVIEW, score.is_not(None))
        .group_by(EventRow.pseudonym)
    )
    sums = np.array([(n, total) for _, n, total in ledger.rows(query)], float).reshape(-1, 2)
    if is_too_few(len(sums)):
        return suppressed(key, Unit.SHARE, method)
    if not len(sums):
        return Indicator(key, Unit.SHARE, method)
    found = bootstrap(sums, ratio)
    return Indicator(
        key, Unit.SHARE, method, found.value, len(sums), int(sums[:, 0].sum()), found.low,
        found.high,
    )  # fmt: skip
