import pytest

from knowledge.readers.superscript import read_raised


@pytest.mark.parametrize(
    ("before", "raised", "kept", "marks"),
    [
        ("指标", "1", "", ("1",)),
        ("指标", "[12]", "", ("12",)),
        ("指标", "①", "", ("1",)),
        ("指标", "*", "", ("*",)),
        ("指标", "1,2", "", ("1", "2")),
        ("28.5%", "3", "", ("3",)),
        ("（2020）", "2", "", ("2",)),
        ("面积100m", "2", "²", ()),
        ("万km", "2", "²", ()),
        ("平方米", "2", "", ("2",)),
        ("10", "-3", "⁻³", ()),
        ("1", "st", "st", ()),
        ("商标", "TM", "TM", ()),
    ],
)
def test_what_is_raised_is_a_mark_an_exponent_or_text(before, raised, kept, marks):
    assert read_raised(before, raised) == (kept, marks)
