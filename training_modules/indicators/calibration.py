"""Calibration: whether people are sure where they are right, by certainty-based marking."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from sqlalchemy import Select, case, func

from training_modules.event import Verb
from training_modules.indicators.indicator import FEWEST, Cell, Indicator, Unit
from training_modules.indicators.ledger import Ledger
from training_modules.indicators.misconception import Misconception
from training_modules.indicators.readings import Readings
from training_modules.indicators.shares import of_answers
from training_modules.indicators.statistics import Values, bootstrap, ratio
from training_modules.indicators.suppression import told
from training_modules.indicators.tallies import CERTAINTIES
from training_modules.module import ItemType
from training_modules.rows import EventRow

# The mark of an answer by its certainty, a line each: right, wrong.
_MARKS: Final = np.array([[1, 0], [2, -2], [3, -6]])
_VERY_SURE: Final = 3


def calibration(readings: Readings) -> Iterator[Indicator]:
    """First answers with a certainty, in tests and lessons; dilemmas are not right or wrong."""
    people = _by_person(readings)
    counts = people.sum(axis=(1, 2))
    marks = np.column_stack([counts, (people * _MARKS).sum(axis=(1, 2))])
    wrong = np.column_stack([counts, people[:, _VERY_SURE - 1, 1]])
    cells = _by_certainty(people)
    yield of_answers("calibration.mark", marks, Unit.MARK, "certainty_marks", cells)
    yield of_answers("calibration.sure_and_wrong", wrong)


def _by_person(readings: Readings) -> Values:
    """Of each person a line for each certainty: how many right, how many wrong."""
    names = [f"sure_{c}_{name}" for c in CERTAINTIES for name in ("right", "wrong")]
    found: dict[str, list[int]] = {}
    for row in readings.answers:
        mine = [getattr(row, name) for name in names]
        before = found.get(row.pseudonym)
        found[row.pseudonym] = (
            [a + b for a, b in zip(before, mine, strict=True)] if before else mine
        )
    tables = np.array(list(found.values()), float).reshape(-1, len(CERTAINTIES), 2)
    return tables[tables.any(axis=(1, 2))]


def _by_certainty(people: Values) -> tuple[Cell, ...]:
    """Per certainty the share that was right, and how many people chose it."""
    cells = []
    for at, certainty in enumerate(CERTAINTIES):
        table = people[:, at]
        table = table[table.any(axis=1)]
        mine = np.column_stack([table.sum(axis=1), table[:, 0]])
        found = bootstrap(mine, ratio) if len(mine) else None
        ends = (found.value, found.low, found.high) if found else (None, None, None)
        cells.append(Cell(str(certainty), len(mine), *ends))
    return told(cells)


def _first_answers(ledger: Ledger, *columns: Any) -> Select[Any]:
    return ledger.events(*columns, verbs=[Verb.ANSWERED]).where(
        EventRow.attempt == 1, EventRow.certainty.is_not(None), EventRow.correct.is_not(None),
        EventRow.item_type != ItemType.DILEMMA,
    )  # fmt: skip


def sure_and_wrong(ledger: Ledger, most: int = 10) -> list[Misconception]:
    """What to teach next: items where the most people were very sure and wrong."""
    is_wrong = (EventRow.certainty == _VERY_SURE) & EventRow.correct.is_(False)
    wrong = func.count(case((is_wrong, EventRow.pseudonym)).distinct())
    asked = func.count(EventRow.pseudonym.distinct())
    place = (EventRow.module, EventRow.item)
    query = _first_answers(ledger, *place, wrong, asked).group_by(*place)
    found = [
        Misconception(module, item, people, of)
        for module, item, people, of in ledger.rows(query)
        if people >= FEWEST
    ]
    return sorted(found, key=lambda one: (-one.share, one.module, one.item))[:most]
