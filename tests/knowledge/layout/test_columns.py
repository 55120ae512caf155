from hypothesis import given
from hypothesis import strategies as st

from knowledge.layout.columns import flows_of
from knowledge.layout.ink import Segment


def lines(
    left: float, right: float, count: int, *, top: float = 100, name: str = ""
) -> list[Segment]:
    return [Segment(f"{name}{n}", left, right, top + 16 * n, 10) for n in range(count)]


def read(segments: list[Segment]) -> list[str]:
    return [line.text for flow in flows_of(segments) for line in flow.lines]


def test_two_columns_follow_one_another() -> None:
    segments = [*lines(300, 500, 9, name="b"), *lines(60, 280, 9, name="a")]

    assert read(segments) == [f"a{n}" for n in range(9)] + [f"b{n}" for n in range(9)]


def test_three_columns_follow_one_another() -> None:
    segments = [
        s for n, x in enumerate((60, 220, 380)) for s in lines(x, x + 140, 9, name="abc"[n])
    ]

    assert read(segments) == [f"{name}{n}" for name in "abc" for n in range(9)]


def test_what_spans_both_columns_divides_them() -> None:
    above = lines(60, 280, 6, name="a") + lines(300, 500, 6, name="b")
    title = [Segment("title", 60, 500, 220, 14)]
    below = lines(60, 280, 6, top=250, name="c") + lines(300, 500, 6, top=250, name="d")

    said = read([*below, *title, *above])

    assert said[:7] == ["a0", "a1", "a2", "a3", "a4", "a5", "b0"]
    assert said[12] == "title"
    assert said[13:20] == ["c0", "c1", "c2", "c3", "c4", "c5", "d0"]


def test_a_list_of_names_and_values_is_read_row_by_row() -> None:
    names = [Segment(f"name{n}", 60, 90 + 15 * (n % 3), 100 + 16 * n, 10) for n in range(8)]
    values = [Segment(f"value{n}", 300, 420 - 30 * (n % 3), 100 + 16 * n, 10) for n in range(8)]

    assert read([*names, *values]) == [f"name{n} value{n}" for n in range(8)]


PLACES = st.builds(
    lambda x, width, y, n: Segment(f"s{n}", x, x + width, y, 10.0),
    st.floats(40, 400), st.floats(5, 300), st.floats(40, 800), st.integers(0, 10_000),
)  # fmt: skip


@given(st.lists(PLACES, max_size=60))
def test_no_segment_is_lost_or_doubled(segments: list[Segment]) -> None:
    parts = [part for flow in flows_of(segments) for line in flow.lines for part in line.parts]

    assert len(parts) == len(segments)
    assert {id(part) for part in parts} == {id(segment) for segment in segments}
