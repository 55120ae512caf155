"""What is next for somebody: one decision out of what they did and what day it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from training_modules.sitting import Kind

# When the question comes whether something was used: a month later, within ten days.
FOLLOWUP_FROM: Final = 28
FOLLOWUP_UNTIL: Final = 37


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a track; days are those of their own zone."""

    today: date
    modules: Sequence[str]
    done: frozenset[str]
    has_baseline: bool
    finished_on: date | None = None
    has_followed_up: bool = False
    last_module_on: date | None = None
    reviews_due: int = 0

    @property
    def left(self) -> list[str]:
        return [module for module in self.modules if module not in self.done]


@dataclass(frozen=True, slots=True)
class Offer:
    """A sitting that is due now; without a kind, today is done."""

    kind: Kind | None
    module: str = ""


def next_up(standing: Standing, *, more: bool = False) -> Offer:
    """`more` is somebody who asks for another module on the same day."""
    if not standing.modules:
        return Offer(None)
    if not standing.has_baseline:
        return Offer(Kind.BASELINE)
    if standing.finished_on is not None:
        return _after(standing, standing.finished_on)
    if not standing.left:
        return Offer(Kind.POSTTEST)
    if standing.last_module_on == standing.today and not more:
        return Offer(Kind.REVIEW) if standing.reviews_due else Offer(None)
    return Offer(Kind.MODULE, standing.left[0])


def _after(standing: Standing, finished_on: date) -> Offer:
    days = (standing.today - finished_on).days
    if FOLLOWUP_FROM <= days <= FOLLOWUP_UNTIL and not standing.has_followed_up:
        return Offer(Kind.FOLLOWUP)
    return Offer(Kind.REVIEW) if standing.reviews_due else Offer(None)
