"""Where the words of a quote stand in a passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.claims.stretch import stretch
from retrieval.folding import letters


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("共 210.71 TB。好", "210.71TB", "210.71 TB。"),
        ("第 6 月 30 日。", "6月30日", "6 月 30 日。"),
        ("图书50万册，150万", "50万册", "50万册"),
        ("达到 １５０ 万册", "150万册", "１５０ 万册"),
        ("The Art of War", "the art", "The Art"),
        ("500TB", "500", "500"),
        ("增长 12%。", "增长12", "增长 12%。"),
        ("150万册，50万册", "50万册", "50万册"),
    ],
)
def test_it_is_given_as_the_passage_writes_it(text: str, quote: str, found: str) -> None:
    words = stretch(text, quote)

    assert words is not None
    assert words.text == found


def test_it_knows_the_sentences_it_was_cut_from() -> None:
    words = stretch("可以还书。逾期的图书不得续借。可以预约。", "图书不得续借")

    assert words is not None
    assert words.shown == "逾期的图书不得续借。"


def test_of_a_sentence_too_long_to_read_only_the_words_are_shown() -> None:
    words = stretch("很长" * 150 + "，押金为50元。", "押金为50元")

    assert words is not None
    assert words.shown == "押金为50元。"
    assert len(words.sentences) > 300


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("达到150万册", "50万册"),
        ("共210.71TB", "210"),
        ("共210.71TB", "71TB"),
        ("1,234册", "234册"),
        ("the art of", "heart"),
        ("押金50元", "押金80元"),
        ("押金50元", ""),
        ("押金50元", "。，"),
    ],
)
def test_parts_of_words_and_numbers_stand_nowhere(text: str, quote: str) -> None:
    assert stretch(text, quote) is None


@given(st.text(alphabet="甲乙丙 ab12.，。ﬁ", max_size=30), st.integers(0, 30), st.integers(1, 12))
def test_what_is_found_has_the_letters_of_the_quote(text: str, start: int, size: int) -> None:
    quote = text[start : start + size]
    found = stretch(text, quote)

    assert found is None or letters(found.text) == letters(quote)
    assert found is None or found.text in found.sentences in text
