"""A report: all that is told of a cohort and a period, before it becomes a page or a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from training_modules.indicators.indicator import Indicator


@dataclass(frozen=True, slots=True)
class Wrong:
    """An item that people got wrong while they were very sure, in words."""

    module: str
    prompt: str
    people: int
    asked: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the documents did not answer."""

    question: str
    times: int


@dataclass(frozen=True, slots=True)
class Scope:
    """How many approved modules serve an impact area and a competency."""

    area: int
    competency: str
    modules: int


@dataclass(frozen=True)
class Report:
    """What is told, in one language."""

    language: str
    made_on: date
    period: str
    cohort: str | None
    headline: str
    indicators: Mapping[str, Indicator]
    wrong: tuple[Wrong, ...] = ()
    stories: tuple[str, ...] = ()
    gaps: tuple[Asked, ...] = ()
    scope: tuple[Scope, ...] = ()
    is_simulated: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "language": self.language, "made_on": self.made_on.isoformat(), "period": self.period,
            "cohort": self.cohort, "headline": self.headline, "simulated": self.is_simulated,
            "indicators": [one.as_json() for one in self.indicators.values()],
            "sure_and_wrong": [
                {"module": w.module, "item": w.prompt, "people": w.people, "asked": w.asked}
                for w in self.wrong
            ],
            "stories": list(self.stories),
            "gaps": [{"question": gap.question, "times": gap.times} for gap in self.gaps],
        }  # fmt: skip
