from hypothesis import given
from hypothesis import strategies as st

from knowledge.layout.ink import Rule
from knowledge.layout.lattice import lattices


def ruled(columns: int, rows: int) -> tuple[list[Rule], list[Rule]]:
    width, height = 80.0 * columns, 20.0 * rows
    across = [Rule(100 + 20.0 * n, 50, 50 + width) for n in range(rows + 1)]
    down = [Rule(50 + 80.0 * n, 100, 100 + height) for n in range(columns + 1)]
    return across, down


@given(st.integers(2, 6), st.integers(1, 8))
def test_a_full_lattice_has_a_box_for_each_cell(columns: int, rows: int) -> None:
    (grid,) = lattices(*ruled(columns, rows))

    assert len(grid.boxes) == columns * rows
    assert all(box.rows == box.columns == 1 for box in grid.boxes)


def test_a_missing_border_merges_two_cells() -> None:
    across, down = ruled(3, 2)
    down[1] = Rule(down[1].at, 120, 140)

    (grid,) = lattices(across, down)

    merged = [(box.row, box.column, box.columns) for box in grid.boxes if box.columns > 1]
    assert merged == [(0, 0, 2)]


def test_a_cell_may_reach_down_over_rows() -> None:
    across, down = ruled(2, 3)
    across[1] = Rule(across[1].at, 130, 210)

    (grid,) = lattices(across, down)

    assert [(box.row, box.column, box.rows) for box in grid.boxes if box.rows > 1] == [(0, 0, 2)]


def test_open_sides_are_closed_where_the_rules_end() -> None:
    across, down = ruled(3, 2)

    (grid,) = lattices(across, down[1:-1])

    assert len(grid.edges) == 4


def test_a_row_cut_by_the_page_is_open_on_that_side() -> None:
    across, down = ruled(2, 3)

    (grid,) = lattices(across[1:], down)

    assert (grid.is_open_above, grid.is_open_below) == (True, False)
    assert grid.height == 3


def test_borders_drawn_cell_by_cell_and_twice_are_one_lattice() -> None:
    across, down = ruled(3, 3)
    pieces = [Rule(r.at + shift, x, x + 80) for r in across for shift in (0, 0.7)
              for x in (50, 130, 210)]  # fmt: skip

    (grid,) = lattices(pieces, down)

    assert len(grid.boxes) == 9


def test_frames_and_underlines_are_no_tables() -> None:
    frame = ([Rule(10, 10, 500), Rule(700, 10, 500)], [Rule(10, 10, 700), Rule(500, 10, 700)])

    assert lattices(*frame) == []
    assert lattices([Rule(100, 50, 200), Rule(120, 50, 200)], []) == []


def test_two_tables_on_a_page_are_two() -> None:
    across, down = ruled(2, 2)
    across += [Rule(rule.at + 300, rule.start, rule.end) for rule in across]
    down += [Rule(rule.at, rule.start + 300, rule.end + 300) for rule in down]

    assert len(lattices(across, down)) == 2
