"""Nobody finds out what few people did, not by subtraction either."""

from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from training_modules.indicators.indicator import FEWEST, Cell
from training_modules.indicators.recommendation import _cells
from training_modules.indicators.suppression import hidden, is_too_few, reveals, told

COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=8)


def solvable(counts: list[int], untold: set[int], sums: list[Any]) -> set[int]:
    """The untold cells that follow from those told and from sums that can be seen."""
    size = len(counts)
    known = [np.eye(size)[at] for at in range(size) if at not in untold]
    known += [np.array([float(at in block) for at in range(size)]) for block in sums]
    matrix = np.array(known).reshape(-1, size)
    rank = np.linalg.matrix_rank(matrix) if len(matrix) else 0
    return {
        at for at in untold
        if np.linalg.matrix_rank(np.vstack([matrix, np.eye(size)[at]])) == rank
    }  # fmt: skip


@given(COUNTS)
def test_no_cell_of_few_people_is_told_and_none_can_be_subtracted(counts: list[int]) -> None:
    untold = hidden(counts)

    assert {at for at, count in enumerate(counts) if is_too_few(count)} <= untold
    if sum(1 for count in counts if count) > 1:
        assert solvable(counts, untold, [range(len(counts))]) == set()
        assert not untold or sum(counts[at] for at in untold) >= min(FEWEST, sum(counts))


@given(COUNTS)
def test_nothing_is_hidden_where_all_are_many(counts: list[int]) -> None:
    if not any(is_too_few(count) for count in counts):
        assert hidden(counts) == set()


@given(st.lists(st.integers(0, 12), min_size=5, max_size=5))
def test_a_headline_that_sums_some_cells_gives_none_away(counts: list[int]) -> None:
    cells = told([Cell(str(n), count) for n, count in enumerate(counts)], range(2), range(2, 5))

    untold = {at for at, cell in enumerate(cells) if cell.is_suppressed}
    open_blocks = [b for b in (range(2), range(2, 5)) if sum(1 for at in b if counts[at]) > 1]
    for block in open_blocks:
        mine = untold & set(block)
        assert solvable(counts, mine, [block]) == set()


@given(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)))
def test_the_score_and_the_groups_beside_it_give_no_group_away(groups: tuple[int, ...]) -> None:
    assume(sum(groups))

    cells = _cells(*groups)

    assert {cell.is_suppressed for cell in cells} in ({True}, {False})
    if any(is_too_few(count) for count in groups):
        assert all(cell.n is None and cell.value is None for cell in cells)


def test_a_part_of_people_that_leaves_a_few_is_as_telling_as_a_few() -> None:
    assert reveals(3, 20)
    assert reveals(18, 20)
    assert not reveals(10, 20)
    assert not reveals(20, 20)
