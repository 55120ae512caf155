"""How each item does at the first attempt: how hard, how telling, what is chosen, who is sure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, select

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


def item_statistics(
    ledger: Ledger, find: Callable[[str], Module | None]
) -> Iterator[ItemStatistics]:
    """Every item that was answered; `find` tells of the options that nobody chose."""
    chosen = _chosen(ledger)
    for row in ledger.session.execute(_sums(_firsts(ledger))):
        key = (row.module, row.module_version, row.item)
        module = find(row.module)
        item = module.item(row.item) if module and module.version == row.module_version else None
        yield _judged(row, chosen.get(key, {}), item)


def _firsts(ledger: Ledger) -> Subquery:
    return ledger.events(
        _C.enrolment, _C.track, _C.module, _C.module_version, _C.item, _C.item_type, _C.score,
        _C.correct, _C.certainty, _C.seconds, verbs=(Verb.ANSWERED,),
    ).where(_C.attempt == 1, _C.phase.in_(FIRST_IN)).subquery()  # fmt: skip


def _sums(firsts: Subquery) -> Select[Any]:
    """One row an item, with the sums that a correlation is made of."""
    f = firsts.c
    totals = (
        select(f.enrolment, func.count(f.score).label("n"), func.sum(f.score).label("s"))
        .group_by(f.enrolment)
        .subquery()
    )
    rest = case((totals.c.n > 1, (totals.c.s - f.score) / (totals.c.n - 1)))
    score = case((rest.is_not(None), f.score))
    names = (f.track, f.module, f.module_version, f.item, f.item_type)
    sure = and_(f.certainty == _SURE, f.correct.is_(False))

    def total(value: ColumnElement[Any], name: str) -> ColumnElement[Any]:
        return func.sum(value).label(name)

    return (
        select(
            *names, func.count().label("attempts"), func.count(f.score).label("scored"),
            func.avg(f.score).label("mean"), func.avg(f.seconds).label("mean_seconds"),
            func.count(case((sure, 1))).label("sure"), func.count(rest).label("n"),
            total(score, "x"), total(score * score, "xx"), total(rest, "y"),
            total(rest * rest, "yy"), total(score * rest, "xy"),
        )
        .join(totals, totals.c.enrolment == f.enrolment)
        .group_by(*names)
        .order_by(*names)
    )  # fmt: skip


def _chosen(ledger: Ledger) -> dict[tuple[str, int, str], dict[str, int]]:
    """How often each response was given; the most frequent of an item."""
    columns = (_C.module, _C.module_version, _C.item, _C.response)
    query = ledger.events(*columns, func.count(), verbs=(Verb.ANSWERED,)).where(
        _C.attempt == 1, _C.phase.in_(FIRST_IN), _C.score.is_not(None)
    )
    found: dict[tuple[str, int, str], dict[str, int]] = {}
    query = query.group_by(*columns).order_by(func.count().desc(), _C.response)
    for module, version, item, response, count in ledger.session.execute(query):
        shown = found.setdefault((module, version, item), {})
        if len(shown) < _SHOWN:
            shown[response] = count
    return found


def _judged(row: Any, chosen: dict[str, int], item: Item | None) -> ItemStatistics:
    names = (row.track, row.module, row.module_version, row.item, row.item_type)
    if row.scored < FEWEST:
        return ItemStatistics(*names, row.attempts)
    counts = {**{option.id: 0 for option in _options(item)}, **chosen}
    shares = tuple((said, round(count / row.scored, 4)) for said, count in counts.items())
    sure = round(row.sure / row.scored, 4)
    mean, telling = round(float(row.mean), 4), _correlation(row)
    seconds = None if row.mean_seconds is None else round(float(row.mean_seconds), 2)
    flags = (*_of_figures(mean, telling, sure), *_of_options(shares, item))
    return ItemStatistics(*names, row.attempts, mean, telling, sure, seconds, shares, flags)


def _options(item: Item | None) -> tuple[Any, ...]:
    return item.options if item is not None and item.type in _OF_ONE else ()


def _correlation(row: Any) -> float | None:
    """None where everybody scored the same; there is nothing to go together with."""
    if not row.n:
        return None
    n, x, y = row.n, float(row.x), float(row.y)
    of_x, of_y = n * float(row.xx) - x * x, n * float(row.yy) - y * y
    if min(of_x, of_y) <= n * 1e-9:
        return None
    return round((n * float(row.xy) - x * y) / sqrt(of_x * of_y), 4)


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
