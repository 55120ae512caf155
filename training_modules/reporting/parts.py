"""The parts of an indicator in words: stages, levels, groups, regions."""

from typing import Final

from foundation.wording import say
from training_modules.indicators.indicator import Cell, Indicator

_FAMILIES: Final = {
    "participants.funnel": "stage",
    "application.of_respondents": "level",
    "relevance.top_two": "points",
    "recommendation.score": "group",
    "calibration.mark": "sure",
}


def label(one: Indicator, cell: Cell, language: str) -> str:
    """What a part is called; a region is called as people wrote it."""
    family = _FAMILIES.get(one.key)
    return say(f"report.{family}.{cell.key}", language) if family else cell.key


def counts(one: Indicator, language: str) -> list[tuple[str, int | None]]:
    return [(label(one, cell, language), cell.n) for cell in one.cells]


def told(one: Indicator, language: str) -> str:
    """All parts in a line, for those who hear the chart instead of seeing it."""
    said = []
    for name, count in counts(one, language):
        number = say("report.few", language) if count is None else f"{count:,}"
        said.append(f"{name} {number}")
    return ("；" if language == "zh" else "; ").join(said)
