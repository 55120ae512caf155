"""Calibration: whether people are sure where they are right, by certainty-based marking."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Select, case, func

from training_modules.event import Verb
from training_modules.indicators.indicator import FEWEST, Cell, Indicator, Unit
from training_modules.indicators.ledger import Ledger
from training_modules.indicators.misconception import Misconception
from training_modules.indicators.readings import Readings
from training_modules.indicators.shares import of_answers
from training_modules.indicators.statistics import share
from training_modules.indicators.suppression import told
from training_modules.module import ItemType
from training_modules.rows import EventRow

# The mark of an answer by its certainty: right, wrong.
MARKS: Final = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
_VERY_SURE: Final = 3


def calibration(readings: Readings) -> Iterator[Indicator]:
    """First answers with a certainty, in tests and lessons; dilemmas are not right or wrong."""
    query = _first_answers(
        readings.ledger, EventRow.pseudonym, EventRow.certainty, EventRow.correct, func.count()
    ).group_by(EventRow.pseudonym, EventRow.certainty, EventRow.correct)
    rows = [row for row in readings.ledger.rows(query) if row[1] in MARKS]
    yield of_answers(
        "calibration.mark", _sums(rows, _mark), Unit.MARK, "certainty_marks", _by_certainty(rows)
    )
    yield of_answers("calibration.sure_and_wrong", _sums(rows, _sure_and_wrong))


def _first_answers(ledger: Ledger, *columns: Any) -> Select[Any]:
    return ledger.events(*columns, verbs=[Verb.ANSWERED]).where(
        EventRow.attempt == 1, EventRow.certainty.is_not(None), EventRow.correct.is_not(None),
        EventRow.item_type != ItemType.DILEMMA,
    )  # fmt: skip


def _mark(certainty: int, correct: bool) -> float:  # noqa: FBT001
    return MARKS[certainty][0 if correct else 1]


def _sure_and_wrong(certainty: int, correct: bool) -> float:  # noqa: FBT001
    return float(certainty == _VERY_SURE and not correct)


def _sums(rows: Sequence[Any], worth: Any) -> list[list[float]]:
    """A row a person: how many answers, and what they are worth together."""
    sums: dict[str, list[float]] = {}
    for person, certainty, correct, count in rows:
        mine = sums.setdefault(person, [0.0, 0.0])
        mine[0] += count
        mine[1] += count * worth(certainty, correct)
    return list(sums.values())


def _by_certainty(rows: Sequence[Any]) -> tuple[Cell, ...]:
    """Per certainty the share that was right, and how many people chose it."""
    cells = []
    for certainty in MARKS:
        mine = [row for row in rows if row[1] == certainty]
        of, right = (sum(r[3] for r in some) for some in (mine, [r for r in mine if r[2]]))
        found = share(right, of) if of else None
        cells.append(
            Cell(
                str(certainty), len({row[0] for row in mine}), found.value if found else None,
                found.low if found else None, found.high if found else None,
            )
        )  # fmt: skip
    return told(cells)


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
