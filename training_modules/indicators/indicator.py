"""An indicator: a figure with how many people it rests on, its interval, and how it was found."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from foundation.wording import say

# Fewer people than this could be recognised; their figures are not told.
FEWEST: Final = 5

# Every indicator and the words of the strategy (a text of the family `report`) it is told under.
KEYS: Final = {
    "scope.modules": "scope",
    "participants.people": "participants",
    "participants.funnel": "participants",
    "participants.completion": "participants",
    "knowledge.gain": "knowledge",
    "knowledge.class_gain": "knowledge",
    "knowledge.effect": "knowledge",
    "skill.gain": "knowledge",
    "skill.practice": "knowledge",
    "recall.practice": "knowledge",
    "confidence.before_after": "knowledge",
    "confidence.looking_back": "knowledge",
    "calibration.mark": "knowledge",
    "calibration.sure_and_wrong": "knowledge",
    "retention.test": "knowledge",
    "retention.review": "knowledge",
    "recommendation.score": "recommendation",
    "application.of_completers": "application",
    "application.of_respondents": "application",
    "relevance.top_two": "relevance",
    "leaders.people": "leaders_number",
    "leaders.gain": "leaders_value",
    "leaders.application": "leaders_value",
    "leaders.relevance": "leaders_value",
    "reach.diversity": "diversity",
}


class Unit(StrEnum):
    """What the value counts in; shares, scores and the index run from 0 to 1."""

    PEOPLE = "people"
    MODULES = "modules"
    SHARE = "share"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    EFFECT = "effect"
    RATING = "rating"
    MARK = "mark"
    NET = "net"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of an indicator: a stage, a level, a region; None where too few people are."""

    key: str
    n: int | None
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_suppressed(self) -> bool:
        return self.n is None


@dataclass(frozen=True, slots=True)
class Indicator:
    """`n` people of `denominator`; `low` to `high` is the 95 % interval, by `method`.

    A suppressed one says nothing but its key; one that nobody stands for yet has `n` 0.
    `before` and `after` are what a difference lies between.
    """

    key: str
    unit: Unit
    method: str
    value: float | None = None
    n: int | None = 0
    denominator: int | None = None
    low: float | None = None
    high: float | None = None
    before: float | None = None
    after: float | None = None
    is_suppressed: bool = False
    warnings: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def is_told(self) -> bool:
        return self.value is not None and not self.is_suppressed

    def name(self, language: str) -> str:
        return say(f"report.name.{self.key}", language)

    def strategy(self, language: str) -> str:
        """What the IFLA strategy calls this."""
        return say(f"report.strategy.{KEYS[self.key]}", language)

    def found_by(self, language: str) -> str:
        """The method, in a sentence."""
        return say(f"report.method.{self.method}", language)

    def as_json(self) -> dict[str, Any]:
        cells = [{**asdict(c), "is_suppressed": c.is_suppressed} for c in self.cells]
        values = {
            name: getattr(self, name)
            for name in (
                "value", "n", "denominator", "low", "high", "before", "after", "method",
                "is_suppressed",
            )
        }  # fmt: skip
        return {
            "key": self.key, "strategy": KEYS[self.key], "unit": str(self.unit), **values,
            "warnings": list(self.warnings), "cells": cells,
        }  # fmt: skip


def suppressed(key: str, unit: Unit, method: str) -> Indicator:
    """The indicator of too few people."""
    return Indicator(key, unit, method, n=None, is_suppressed=True)
