"""Scope: which areas of the strategy and which competencies the approved modules serve."""

from collections import Counter
from collections.abc import Sequence

from training_modules.indicators.indicator import Cell, Indicator, Unit
from training_modules.module import Module


def scope(modules: Sequence[Module]) -> Indicator:
    """The approved modules, counted in each area and competency; these are no people."""
    approved = [module for module in modules if module.is_approved]
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
