"""Scope: which areas of the strategy and which competencies the approved modules serve."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm import Session

from training_modules.approving import status_of
from training_modules.indicators.indicator import Cell, Indicator, Unit
from training_modules.module import Module, Status


def scope(session: Session, modules: Sequence[Module]) -> Indicator:
    """The approved modules, counted in each area and competency; these are no people."""
    approved = [m for m in modules if status_of(session, m) is Status.APPROVED]
    places = Counter(
        f"{module.ifla_area}/{competency}"
        for module in approved
        for competency in module.competencies
    )
    cells = tuple(Cell(place, count) for place, count in sorted(places.items()))
    return Indicator(
        "scope.modules", Unit.MODULES, "count", float(len(approved)), None, len(modules),
        cells=cells,
    )  # fmt: skip
