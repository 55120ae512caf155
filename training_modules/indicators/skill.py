"""Skill: how people decide in cases of practice, apart from what they recall."""

from collections.abc import Iterator

import numpy as np
from sqlalchemy import case, func

from training_modules.event import Phase, Verb
from training_modules.indicators.indicator import Indicator, Unit, suppressed
from training_modules.indicators.ledger import Ledger
from training_modules.indicators.matching import at_two_times, compared, per_person
from training_modules.indicators.statistics import bootstrap, difference, ratio
from training_modules.indicators.suppression import is_too_few
from training_modules.module import ItemType
from training_modules.rows import EventRow


def skill(ledger: Ledger) -> Iterator[Indicator]:
    yield _gain(ledger)
    yield from _practice(ledger)


def _gain(ledger: Ledger) -> Indicator:
    """Cases in both tests: the mean before and after, of those who met cases in both."""
    columns = (EventRow.pseudonym, EventRow.enrolment, EventRow.phase)
    query = (
        ledger.events(
            *columns, func.avg(EventRow.score).label("score"), func.max(EventRow.at).label("at"),
            func.max(EventRow.id).label("id"), verbs=[Verb.ANSWERED], in_period=False,
        )
        .where(
            EventRow.phase.in_((Phase.PRE, Phase.POST)), EventRow.item_type == ItemType.DILEMMA,
            EventRow.score.is_not(None),
        )
        .group_by(*columns)
    )  # fmt: skip
    rows = ledger.rows(query)
    pairs = per_person(
        at_two_times(ledger, rows, Phase.PRE, Phase.POST, lambda row: float(row.score))
    )
    after = {r.pseudonym for r in rows if r.phase == Phase.POST and ledger.period.holds(r.at)}
    return compared(
        "skill.gain", Unit.DIFFERENCE, "matched_difference", pairs, difference, len(after)
    )


def _practice(ledger: Ledger) -> Iterator[Indicator]:
    """First answers in lessons: cases beside all other items."""
    kind = case((EventRow.item_type == ItemType.DILEMMA, 1), else_=0)
    query = (
        ledger.events(
            EventRow.pseudonym, kind, func.count(), func.sum(EventRow.score),
            verbs=[Verb.ANSWERED],
        )
        .where(
            EventRow.phase == Phase.PRACTICE, EventRow.attempt == 1, EventRow.score.is_not(None)
        )
        .group_by(EventRow.pseudonym, kind)
    )  # fmt: skip
    rows = ledger.rows(query)
    for key, wanted in (("skill.practice", 1), ("recall.practice", 0)):
        sums = np.array([(n, s) for _, k, n, s in rows if k == wanted], float).reshape(-1, 2)
        if is_too_few(len(sums)):
            yield suppressed(key, Unit.SHARE, "share_of_answers")
        elif len(sums):
            found = bootstrap(sums, ratio)
            yield Indicator(
                key, Unit.SHARE, "share_of_answers", found.value, len(sums),
                int(sums[:, 0].sum()), found.low, found.high,
            )  # fmt: skip
        else:
            yield Indicator(key, Unit.SHARE, "share_of_answers")
