"""Spacing: when something learned is asked for again, by FSRS with its default parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Final, cast

from training_modules.marking import Grade

RETENTION: Final = 0.9
# A day asks for five minutes: three items are new, so no more than this comes back with them.
DAILY_REVIEWS: Final = 4
_LONGEST: Final = 365


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The memory after a review, and the day it is asked for again."""

    card: dict[str, Any]
    due_on: date


@cache
def _scheduler() -> Any:
    from fsrs import Scheduler

    # Whole days only: nobody is asked twice within one sitting.
    return Scheduler(
        desired_retention=RETENTION, learning_steps=(), relearning_steps=(),
        maximum_interval=_LONGEST, enable_fuzzing=False,
    )  # fmt: skip


def review(
    card: dict[str, Any] | None, grade: Grade, on: date, loads: Mapping[date, int]
) -> Reviewed:
    """What a grade makes of a memory; `loads` says how many are due already on which day."""
    from fsrs import Card, Rating

    at = datetime.combine(on, time(12), UTC)
    before = Card.from_dict(cast(Any, card)) if card else Card(card_id=1, due=at)
    after, _ = _scheduler().review_card(before, Rating(int(grade)), at)
    planned = max(after.due.date(), on + timedelta(days=1))
    return Reviewed(after.to_dict(), balanced(on, planned, loads))


def balanced(on: date, planned: date, loads: Mapping[date, int]) -> date:
    """The least loaded day near the planned one; nearer days first, never today."""
    interval = (planned - on).days
    room = interval // 10 + (1 if interval >= 3 else 0)
    near = [planned + timedelta(days=by) for by in range(-room, room + 1)]
    days = [day for day in near if day > on]
    return min(days, key=lambda day: (loads.get(day, 0), abs((day - planned).days), day))
