"""Calibration: whether people are sure where they are right, by certainty-based marking."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from sqlalchemy import Select, func

from training_modules.event import Verb
from training_modules.indicators.indicator import Cell, Indicator, Unit, suppressed
from training_modules.indicators.ledger import Ledger
from training_modules.indicators.misconception import Misconception
from training_modules.indicators.statistics import bootstrap, ratio, share
from training_modules.indicators.suppression import is_too_few, told
from training_modules.module import ItemType
from training_modules.rows import EventRow

# The mark of an answer by its certainty: right, wrong.
MARKS: Final = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
_VERY_SURE: Final = 3


def calibration(ledger: Ledger) -> Iterator[Indicator]:
    """First answers with a certainty, in tests and lessons; dilemmas are not right or wrong."""
    query = _first_answers(
        ledger, EventRow.pseudonym, EventRow.certainty, EventRow.correct, func.count()
    ).group_by(EventRow.pseudonym, EventRow.certainty, EventRow.correct)
    rows = [row for row in ledger.rows(query) if row[1] in MARKS]
    people = {row[0] for row in rows}
    for key, unit, method, worth in (
        ("calibration.mark", Unit.MARK, "certainty_marks", _mark),
        ("calibration.sure_and_wrong", Unit.SHARE, "share_of_answers", _sure_and_wrong),
    ):
        if is_too_few(len(people)):
            yield suppressed(key, unit, method)
            continue
        found = bootstrap(_sums(rows, worth), ratio) if people else None
        yield Indicator(
            key, unit, method, found.value if found else None, len(people),
            sum(row[3] for row in rows), found.low if found else None,
            found.high if found else None,
            cells=_by_certainty(rows) if key == "calibration.mark" else (),
        )  # fmt: skip


def _first_answers(ledger: Ledger, *columns: Any) -> Select[Any]:
    return ledger.events(*columns, verbs=[Verb.ANSWERED]).where(
        EventRow.attempt == 1, EventRow.certainty.is_not(None), EventRow.correct.is_not(None),
        EventRow.item_type != ItemType.DILEMMA,
    )  # fmt: skip


def _mark(certainty: int, correct: bool) -> float:  # noqa: FBT001
    return MARKS[certainty][0 if correct else 1]


def _sure_and_wrong(certainty: int, correct: bool) -> float:  # noqa: FBT001
    return float(certainty == _VERY_SURE and not correct)


def _sums(rows: Sequence[Any], worth: Any) -> Any:
    """A row a person: how many answers, and what they are worth together."""
    sums: dict[str, list[float]] = {}
    for person, certainty, correct, count in rows:
        mine = sums.setdefault(person, [0.0, 0.0])
        mine[0] += count
        mine[1] += count * worth(certainty, correct)
    return np.array(list(sums.values()))


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
    who = func.count(EventRow.pseudonym.distinct())
    place = (EventRow.module, EventRow.item)
    wrong = _first_answers(ledger, *place, who).where(
        EventRow.certainty == _VERY_SURE, EventRow.correct.is_(False)
    )
    asked = _first_answers(ledger, *place, who)
    of = {(m, i): n for m, i, n in ledger.rows(asked.group_by(*place))}
    found = [
        Misconception(m, i, n, of[m, i])
        for m, i, n in ledger.rows(wrong.group_by(*place))
        if not is_too_few(n)
    ]
    return sorted(found, key=lambda one: (-one.share, one.module, one.item))[:most]
