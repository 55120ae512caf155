"""How each item does at the first attempt: how hard, how telling, what is chosen, who is sure."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import sqrt
from operator import itemgetter
from typing import Any, Final

from training_modules.chain import EVENTS
from training_modules.event import Phase, Verb
from training_modules.indicators.ledger import Ledger
from training_modules.module import Item, ItemType, Module

# What is asked again is no first attempt, even when it is the first time in its phase.
FIRST_IN: Final = (Phase.PRE, Phase.PRACTICE, Phase.POST)
# With fewer first attempts chance speaks louder than the item.
FEWEST: Final = 30
_HARDEST, _EASIEST = 0.2, 0.95
_TELLING: Final = 0.15
_CHOSEN: Final = 0.05
_SURE_AND_WRONG: Final = 0.2
_SURE: Final = 3
_SHOWN: Final = 12
_AT_ONCE: Final = 5000
_OF_ONE: Final = frozenset({ItemType.CHOICE, ItemType.TRUE_FALSE, ItemType.DILEMMA})
_C: Final = EVENTS.c


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """The figures are None until enough people answered for the first time.

    `difficulty` is the mean score, `discrimination` how the score goes together with what the
    same people scored at everything else.
    """

    track: str
    module: str
    version: int
    item: str
    type: str
    first_attempts: int
    difficulty: float | None = None
    discrimination: float | None = None
    sure_and_wrong: float | None = None
    mean_seconds: float | None = None
    shares: tuple[tuple[str, float], ...] = ()
    flags: tuple[str, ...] = ()


# What a tally is told of an answer, in this order.
Answer = tuple[str, str, int, str, str, float | None, bool | None, int | None, float | None, str]
COLUMNS: Final = (
    "track", "module", "module_version", "item", "item_type", "score", "correct", "certainty",
    "seconds", "response",
)  # fmt: skip


@dataclass(slots=True)
class _Sums:
    """Of one item; x is its score, y the mean of what the same person scored elsewhere."""

    attempts: int = 0
    scored: int = 0
    score: float = 0.0
    sure: int = 0
    timed: int = 0
    seconds: float = 0.0
    n: int = 0
    x: float = 0.0
    xx: float = 0.0
    y: float = 0.0
    yy: float = 0.0
    xy: float = 0.0
    chosen: Counter[str] = field(default_factory=Counter)

    def add(self, score: float | None, *, is_sure_and_wrong: bool, seconds: float | None) -> None:
        self.attempts += 1
        self.sure += is_sure_and_wrong
        if score is not None:
            self.scored += 1
            self.score += score
        if seconds is not None:
            self.timed += 1
            self.seconds += seconds

    def pair(self, x: float, y: float) -> None:
        self.n += 1
        self.x += x
        self.xx += x * x
        self.y += y
        self.yy += y * y
        self.xy += x * y


@dataclass
class ItemTally:
    """Takes the first attempts of one enrolment after another; keeps sums of items only."""

    sums: dict[tuple[str, str, int, str, str], _Sums] = field(default_factory=dict)

    def add(self, answers: Sequence[Answer]) -> None:
        """All first attempts of one enrolment."""
        scores = [answer[5] for answer in answers if answer[5] is not None]
        others, total = len(scores) - 1, sum(scores)
        for *key, score, correct, certainty, seconds, response in answers:
            name: Any = tuple(key)
            sums = self.sums.get(name)
            if sums is None:
                sums = self.sums[name] = _Sums()
            is_wrong = certainty == _SURE and correct is False
            sums.add(score, is_sure_and_wrong=is_wrong, seconds=seconds)
            if score is not None:
                sums.chosen[response] += 1
                if others:
                    sums.pair(score, (total - score) / others)

    def statistics(self, find: Callable[[str], Module | None]) -> Iterator[ItemStatistics]:
        """Every item that was answered; `find` tells of the options that nobody chose."""
        for key, sums in sorted(self.sums.items()):
            _, name, version, item, _ = key
            module = find(name)
            is_same = module is not None and module.version == version
            yield _judged(key, sums, module.item(item) if module and is_same else None)


def item_statistics(
    ledger: Ledger, find: Callable[[str], Module | None]
) -> Iterator[ItemStatistics]:
    """Every item that was answered in the ledger's period and cohort."""
    query = ledger.events(
        _C.enrolment, *(_C[name] for name in COLUMNS), verbs=(Verb.ANSWERED,)
    ).where(_C.attempt == 1, _C.phase.in_(FIRST_IN)).order_by(_C.enrolment)  # fmt: skip
    tally = ItemTally()
    options = {"yield_per": _AT_ONCE}
    with ledger.session.connection().execute(query, execution_options=options) as rows:
        for _, answers in groupby(rows, itemgetter(0)):
            tally.add([answer[1:] for answer in answers])
    yield from tally.statistics(find)


def _judged(key: tuple[str, str, int, str, str], sums: _Sums, item: Item | None) -> ItemStatistics:
    if sums.scored < FEWEST:
        return ItemStatistics(*key, sums.attempts)
    chosen = dict(sorted(sums.chosen.items(), key=lambda one: (-one[1], one[0]))[:_SHOWN])
    counts = {**{option.id: 0 for option in _options(item)}, **chosen}
    shares = tuple((said, round(count / sums.scored, 4)) for said, count in counts.items())
    sure = round(sums.sure / sums.scored, 4)
    mean, telling = round(sums.score / sums.scored, 4), _correlation(sums)
    seconds = round(sums.seconds / sums.timed, 2) if sums.timed else None
    flags = (*_of_figures(mean, telling, sure), *_of_options(shares, item))
    return ItemStatistics(*key, sums.attempts, mean, telling, sure, seconds, shares, flags)


def _options(item: Item | None) -> tuple[Any, ...]:
    return item.options if item is not None and item.type in _OF_ONE else ()


def _correlation(sums: _Sums) -> float | None:
    """None where everybody scored the same; there is nothing to go together with."""
    n, x, y = sums.n, sums.x, sums.y
    of_x, of_y = n * sums.xx - x * x, n * sums.yy - y * y
    if min(of_x, of_y) <= n * 1e-9:
        return None
    return round((n * sums.xy - x * y) / sqrt(of_x * of_y), 4)


def _of_figures(mean: float, telling: float | None, sure: float) -> Iterator[str]:
    if mean < _HARDEST:
        yield "too_hard"
    if mean > _EASIEST:
        yield "too_easy"
    if telling is not None and telling < _TELLING:
        yield "tells_little"
    if sure > _SURE_AND_WRONG:
        yield "sure_and_wrong"


def _of_options(shares: tuple[tuple[str, float], ...], item: Item | None) -> Iterator[str]:
    right = item.key if item is not None else ()
    known = {option.id for option in _options(item)}
    for said, share in shares:
        if said in known and said not in right and share < _CHOSEN:
            yield f"rarely_chosen:{said}"
