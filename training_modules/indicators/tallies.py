"""Tallies: what the database sums up of somebody's answers, in one reading of the log."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, true

from training_modules.event import Phase
from training_modules.module import ItemType
from training_modules.rows import EventRow

_IS_CASE: Final = EventRow.item_type == ItemType.DILEMMA
_IS_FIRST: Final = EventRow.attempt == 1
CERTAINTIES: Final = (1, 2, 3)


def columns(since: Any) -> Iterator[ColumnElement[Any]]:
    """A column each: how many answers of a kind (`_n`), their scores together (`_score`).

    What is compared with later may be older than the period; all else falls into it.
    """
    within = EventRow.at >= since if since is not None else true()
    for phase in (Phase.PRE, Phase.POST):
        kind = and_(EventRow.phase == phase, _IS_CASE)
        yield from _tally(f"{phase}_case", kind)
        yield func.max(case((kind, EventRow.at))).label(f"{phase}_case_at")
    practised = and_(EventRow.phase == Phase.PRACTICE, _IS_FIRST, within)
    yield from _tally("practised_case", and_(practised, _IS_CASE))
    yield from _tally("practised_recall", and_(practised, ~_IS_CASE))
    yield from _tally("reviewed", and_(EventRow.phase == Phase.REVIEW, within))
    for certainty in CERTAINTIES:
        sure = and_(EventRow.certainty == certainty, _IS_FIRST, ~_IS_CASE, within)
        for name, correct in (("right", True), ("wrong", False)):
            kind = and_(sure, EventRow.correct.is_(correct))
            yield func.count(case((kind, 1))).label(f"sure_{certainty}_{name}")


def _tally(name: str, kind: ColumnElement[bool]) -> Iterator[ColumnElement[Any]]:
    scored = and_(kind, EventRow.score.is_not(None))
    yield func.count(case((scored, 1))).label(f"{name}_n")
    yield func.sum(case((scored, EventRow.score))).label(f"{name}_score")
