"""Knowledge: what people knew before and after, by parallel tests, of those who took both."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from training_modules.event import Phase, Verb
from training_modules.indicators.indicator import Indicator, Unit
from training_modules.indicators.ledger import Ledger
from training_modules.indicators.matching import at_two_times, compared, per_person
from training_modules.indicators.statistics import Values, class_gain, difference, effect_size
from training_modules.rows import EventRow

# Who knew so much before has little room to gain; the gain is told with a warning.
CEILING: Final = 0.8


def tests(ledger: Ledger) -> Sequence[Any]:
    """Every test that counts, whenever it was taken."""
    columns = (EventRow.pseudonym, EventRow.enrolment, EventRow.phase, EventRow.score)
    query = ledger.events(*columns, EventRow.at, EventRow.id, verbs=[Verb.TESTED], in_period=False)
    return ledger.rows(query.where(EventRow.score.is_not(None)))


def matched(ledger: Ledger, rows: Sequence[Any], first: Phase, second: Phase) -> Values:
    return per_person(at_two_times(ledger, rows, first, second, lambda row: float(row.score)))


def took(ledger: Ledger, rows: Sequence[Any], phase: Phase) -> int:
    """How many people took the test of a phase in the period."""
    return len({r.pseudonym for r in rows if r.phase == phase and ledger.period.holds(r.at)})


def knowledge(ledger: Ledger) -> Iterator[Indicator]:
    rows = tests(ledger)
    pairs = matched(ledger, rows, Phase.PRE, Phase.POST)
    of = took(ledger, rows, Phase.POST)
    is_high = len(pairs) > 0 and float(pairs[:, 0].mean()) > CEILING
    warnings = ["ceiling"] if is_high else []
    for key, unit, method, statistic in (
        ("knowledge.gain", Unit.DIFFERENCE, "matched_difference", difference),
        ("knowledge.class_gain", Unit.RATIO, "class_gain", class_gain),
        ("knowledge.effect", Unit.EFFECT, "effect_size", effect_size),
    ):
        yield compared(key, unit, method, pairs, statistic, of, warnings)


def leaders_gain(ledger: Ledger) -> Indicator:
    """What emerging leaders gained; the ledger is theirs."""
    rows = tests(ledger)
    pairs = matched(ledger, rows, Phase.PRE, Phase.POST)
    of = took(ledger, rows, Phase.POST)
    return compared("leaders.gain", Unit.DIFFERENCE, "matched_difference", pairs, difference, of)
