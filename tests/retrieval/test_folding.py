import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.folding import fold, letters, number_of, stands_in


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("二〇二五年", "2025年"),
        ("第十二条", "第12条"),
        ("六月三十日", "6月30日"),
        ("２０２０年 ＩＳＯ9001", "2020年 iso9001"),
        ("圖書館", "图书馆"),
        ("6 月 30 日", "6月30日"),
        ("Library Values", "library values"),
    ],
)
def test_ways_of_writing_the_same_fold_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("二〇", 20), ("两", 2)],
)
def test_chinese_numerals_have_their_value(numeral: str, value: int) -> None:
    assert number_of(numeral) == value


@given(st.text(max_size=200))
def test_folding_anything_never_fails_and_letters_hold_no_marks(text: str) -> None:
    fold(text)
    assert all(letter.isalnum() for letter in letters(text).replace("_", ""))


def test_a_latin_word_stands_only_as_a_whole_word() -> None:
    assert stands_in("plan", "the plans of ifla")
    assert not stands_in("art", "the party")
    assert stands_in("规划", "发展规划（2021）")
    assert not stands_in("2", "第23条")
