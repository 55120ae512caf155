"""All indicators of a cohort and a period, always in the same order."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from training_modules.indicators.application import application
from training_modules.indicators.calibration import calibration
from training_modules.indicators.confidence import confidence
from training_modules.indicators.indicator import KEYS, Indicator
from training_modules.indicators.knowledge import knowledge
from training_modules.indicators.leaders import leaders
from training_modules.indicators.ledger import open_ledger
from training_modules.indicators.participants import participants
from training_modules.indicators.period import Period
from training_modules.indicators.reach import reach
from training_modules.indicators.readings import Readings
from training_modules.indicators.recommendation import recommendation
from training_modules.indicators.relevance import relevance
from training_modules.indicators.retention import retention
from training_modules.indicators.scope import scope
from training_modules.indicators.skill import skill
from training_modules.module import Module


def indicators(
    session: Session,
    period: Period | None = None,
    cohort: str | None = None,
    modules: Sequence[Module] = (),
) -> tuple[Indicator, ...]:
    """Every indicator; `modules` is the shelf, of which the scope is told."""
    readings = Readings(open_ledger(session, period or Period(), cohort))
    found = {one.key: one for one in _of_all(readings, modules)}
    found |= {one.key: one for one in leaders(readings, found)}
    return tuple(found[key] for key in KEYS)


def _of_all(readings: Readings, modules: Sequence[Module]) -> Iterator[Indicator]:
    yield scope(readings.ledger.session, modules)
    for family in (participants, knowledge, skill, confidence, calibration, retention):
        yield from family(readings)
    yield recommendation(readings)
    yield from application(readings)
    yield relevance(readings)
    yield reach(readings)
