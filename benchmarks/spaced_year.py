"""A simulated year of spaced review for a thousand trainees: the load and what is remembered.

Memory here forgets by a law of its own (not that of the schedule): after a review that succeeds a
memory lasts the longer, the nearer it was to being lost; people and items differ.
"""

import argparse
import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from benchmarks.measuring import percentile, table
from training_modules.marking import grade
from training_modules.spacing import DAILY_REVIEWS, review

_PEOPLE: Final = 1000
_ITEMS: Final = 24
_NEW_A_DAY: Final = 3
_DAYS: Final = 365
_BEGIN: Final = date(2026, 3, 2)
# What a calendar without a model of memory would do: after a day, a week, a month, a quarter.
_FIXED: Final = (1, 7, 30, 90, 180)
# A review after which 90 in 100 are still there so many days later, in the middle.
_FIRST_STRENGTH: Final = 2.5


@dataclass
class Memory:
    """The truth about one item in one head: `strength` days until 90 % is left."""

    strength: float
    seen: int
    due: int = 0
    step: int = 0
    card: dict[str, Any] | None = None

    def chance(self, day: int) -> float:
        return float(0.9 ** ((day - self.seen) / self.strength))

    def reviewed(self, day: int, *, right: bool) -> None:
        lost = 1 - self.chance(day)
        grown = 1.2 + 9 * lost
        self.strength = self.strength * grown if right else max(0.7, 0.35 * self.strength)
        self.seen = day


@dataclass
class Year:
    """What one schedule made of a year."""

    by_day: Counter[int] = field(default_factory=Counter)
    loads: list[int] = field(default_factory=list)
    right: int = 0
    asked: int = 0
    held: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Answer:
    right: bool
    certainty: int


Plan = Callable[[Memory, int, Answer, Counter[date]], int]


def by_memory(memory: Memory, day: int, answer: Answer, loads: Counter[date]) -> int:
    """The schedule of the program."""
    given = grade(float(answer.right), answer.certainty, is_first=memory.card is None)
    done = review(memory.card, given, _BEGIN + timedelta(days=day), loads)
    memory.card = done.card
    return (done.due_on - _BEGIN).days


def by_calendar(memory: Memory, day: int, answer: Answer, loads: Counter[date]) -> int:  # noqa: ARG001
    """The fixed steps; who was wrong begins them anew."""
    memory.step = min(memory.step + 1, len(_FIXED) - 1) if answer.right else 0
    return day + _FIXED[memory.step]


def live(person: int, plan: Plan, year: Year) -> None:
    """One person's year: new items first, then what is due, the longest due before."""
    dice = Random(person)
    gift = math.exp(dice.gauss(0, 0.4))
    memories: list[Memory] = []
    for day in range(_DAYS):
        due = sorted((m for m in memories if m.due <= day), key=lambda m: m.due)[:DAILY_REVIEWS]
        for memory in due:
            _review(memory, day, plan, memories, dice, year)
        if day % 7 < 5 and len(memories) < _ITEMS:
            for _ in range(_NEW_A_DAY):
                strength = _FIRST_STRENGTH * gift * math.exp(dice.gauss(0, 0.5))
                memory = Memory(strength, day)
                memory.due = plan(
                    memory, day, Answer(dice.random() < 0.7, 2), _loads(memories, day)
                )
                memories.append(memory)
        year.by_day[day] += len(due)
        year.loads.append(len(due))
        if day % 30 == 29:
            year.held[day].append(statistics.fmean(m.chance(day) for m in memories))


def _review(
    memory: Memory, day: int, plan: Plan, memories: list[Memory], dice: Random, year: Year
) -> None:
    chance = memory.chance(day)
    right = dice.random() < chance
    felt = chance + dice.gauss(0, 0.15)
    memory.reviewed(day, right=right)
    certainty = 3 if felt > 0.85 else 2 if felt > 0.6 else 1
    memory.due = plan(memory, day, Answer(right, certainty), _loads(memories, day))
    year.asked += 1
    year.right += right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=_PEOPLE)
    people = parser.parse_args().people
    years: dict[str, Year] = {"by memory": Year(), "fixed steps": Year()}
    for person in range(people):
        for plan, year in zip((by_memory, by_calendar), years.values(), strict=True):
            live(person, plan, year)
    print(_said(years, people))


def _said(years: dict[str, Year], people: int) -> str:
    figures: dict[str, Callable[[Year], str]] = {
        "reviews a person in the year": lambda y: f"{y.asked / people:.0f}",
        "answered right when asked": lambda y: f"{y.right / y.asked:.0%}",
        "most reviews of a person on a day": lambda y: f"{max(y.loads)}",
        "reviews of a person on one day in 20 or fewer": lambda y: f"{percentile(y.loads, 95):.0f}",
        "busiest day of all over the mean": lambda y: f"{_peak(y):.1f}×",
    }
    rows = [[name, *map(figure, years.values())] for name, figure in figures.items()]
    for day in (29, 89, 179, 359):
        known = (f"{statistics.fmean(year.held[day]):.0%}" for year in years.values())
        rows.append([f"known after {day + 1} days", *known])
    curve = [
        [f"{month + 1}", *(f"{_month(y, month) / people:.1f}" for y in years.values())]
        for month in range(12)
    ]
    head = (f"{people:,} people, {_ITEMS} items each", *years)
    return (
        table(head, rows) + "\n\nReviews a person and month:\n\n" + table(("month", *years), curve)
    )


def _loads(memories: list[Memory], day: int) -> Counter[date]:
    return Counter(_BEGIN + timedelta(days=m.due) for m in memories if m.due > day)


def _peak(year: Year) -> float:
    return max(year.by_day.values()) / statistics.fmean(year.by_day.values())


def _month(year: Year, month: int) -> int:
    return sum(count for day, count in year.by_day.items() if day // 30.42 == month)


if __name__ == "__main__":
    main()
