"""Whether a sentence on a table's row puts each value under the year of its own column."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from retrieval.claims.figures import Figure, figures, folded_apart

_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_CLAUSE: Final = re.compile(r",(?!\d{3})|[;。()]")
_BRACKETED: Final = re.compile(r"\(\s*((?:19|20)\d{2}年?)\s*\)")
_IN_TURN: Final = re.compile(r"分别|依次|\brespectively\b")


def mispaired(sentence: str, header: Sequence[str], cells: Sequence[str]) -> bool:
    """Does the sentence give a value of the row beside the year of another column?"""
    columns = _years_of_values(header, cells)
    if len(set(columns.values())) < 2:
        return False
    # A year in brackets of its own belongs to what stands before it, and parts no clauses.
    folded = _BRACKETED.sub(r" \1 ", folded_apart(sentence))
    found = figures(folded)
    dates = [figure for figure in found if figure.is_year]
    values = [figure for figure in found if not figure.is_year and figure.written in columns]
    if not dates:
        return False
    if _IN_TURN.search(folded) and len(dates) == len(values):
        given = [date.written for date in dates]
    else:
        given = [_date_of(value, dates, folded) for value in values]
    return given != [columns[value.written] for value in values]


def _years_of_values(header: Sequence[str], cells: Sequence[str]) -> dict[Decimal, Decimal]:
    """The values that stand under one year alone."""
    years: dict[Decimal, set[Decimal]] = {}
    for title, cell in zip(header, cells, strict=False):
        year = _YEAR.search(title)
        values = figures(cell)
        if year and len(values) == 1:
            years.setdefault(values[0].written, set()).add(Decimal(year.group()))
    return {value: owners.pop() for value, owners in years.items() if len(owners) == 1}


def _date_of(figure: Figure, dates: Sequence[Figure], folded: str) -> Decimal:
    """The year that a figure belongs to: the nearest in its clause, else the one before it."""

    def distance(date: Figure) -> tuple[int, bool, int]:
        start, end = sorted((date.at, figure.at))
        clauses = len(_CLAUSE.findall(folded, start, end))
        return clauses, clauses > 0 and date.at > figure.at, end - start

    return min(dates, key=distance).written
