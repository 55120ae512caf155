"""Marking: what an answer is worth, and what it says of a memory."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations
from typing import Final

from training_modules.module import Item, ItemType

# What is said for "I do not know" in a test.
UNKNOWN: Final = "-"
_NUMBER: Final = re.compile(r"[-+]?\d+(?:\.\d+)?")
_TIMES: Final = {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2, "million": 1e6, "thousand": 1e3}


class Certainty(IntEnum):
    UNSURE = 1
    FAIRLY = 2
    VERY = 3


class Grade(IntEnum):
    """How well something was remembered; never asked for, always derived."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """`response` is what is written down, `score` from 0 to 1; right is only the whole score."""

    response: str
    score: float

    @property
    def correct(self) -> bool:
        return self.score >= 1


def mark(item: Item, response: str) -> Mark | None:
    """The mark of a response; None when it is none for this item."""
    if response == UNKNOWN:
        return Mark("", 0.0)
    if item.type is ItemType.NUMERIC:
        return _numeric(item, response)
    chosen = response.split()
    known = {option.id for option in item.options}
    if not chosen or not known.issuperset(chosen) or len(set(chosen)) != len(chosen):
        return None
    if item.type is ItemType.MULTI:
        return _multi(item, chosen)
    if item.type is ItemType.ORDER:
        return _order(item, chosen)
    return _single(item, chosen[0]) if len(chosen) == 1 else None


def _single(item: Item, chosen: str) -> Mark:
    option = item.option(chosen)
    if item.type is ItemType.DILEMMA and option is not None:
        return Mark(chosen, option.score)
    return Mark(chosen, float(chosen in item.key))


def _multi(item: Item, chosen: list[str]) -> Mark:
    """Each right one counts, each wrong one takes away: ticking all is worth nothing much."""
    right = set(item.key)
    hits, wrong = len(right & set(chosen)), len(set(chosen) - right)
    kept = [option.id for option in item.options if option.id in chosen]
    return Mark(" ".join(kept), max(0.0, (hits - wrong) / len(right)))


def _order(item: Item, chosen: list[str]) -> Mark | None:
    """The share of pairs that stand in their right order."""
    if len(chosen) != len(item.key):
        return None
    pairs = list(combinations(item.key, 2))
    right = sum(chosen.index(first) < chosen.index(second) for first, second in pairs)
    return Mark(" ".join(chosen), right / len(pairs))


def _numeric(item: Item, response: str) -> Mark | None:
    value = number_in(response)
    if value is None or item.number is None:
        return None
    right = abs(value - item.number.value) <= item.number.tolerance + 1e-9
    return Mark(f"{value:g}", float(right))


def number_in(said: str) -> float | None:
    """The number somebody wrote: full-width, with separators, with 万 or a unit behind it."""
    folded = unicodedata.normalize("NFKC", said).replace(" ", "")
    folded = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", folded)
    found = _NUMBER.search(folded)
    if found is None:
        return None
    rest = folded[found.end() :].casefold()
    times = next((factor for word, factor in _TIMES.items() if rest.startswith(word)), 1.0)
    return float(found[0]) * times


def grade(score: float, certainty: int | None, *, is_first: bool) -> Grade:
    """Correct × certainty. Never easy at the first sight: that sends it away for too long."""
    if score < 1:
        return Grade.HARD if score >= 0.5 else Grade.AGAIN
    if certainty == Certainty.UNSURE:
        return Grade.HARD
    if certainty == Certainty.VERY and not is_first:
        return Grade.EASY
    return Grade.GOOD
