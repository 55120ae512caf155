import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.layout.characters import close_up, compounds_in, is_wide, join_lines, plain


@pytest.mark.parametrize(
    ("odd", "usual"),
    [("⼀⼆⼗⽉", "一二十月"), ("⻅⻋⻓⻔⻚⻛⻢", "见车长门页风马"), ("ofﬁcial", "official"),
     ("︵一︶", "（一）"), ("\uf0b7\u00a0text", "• text"), ("a\u200bb\ufeff", "ab")],
)  # fmt: skip
def test_odd_code_points_become_the_letters_they_stand_for(odd: str, usual: str) -> None:
    assert plain(odd) == usual


@given(st.text(st.characters(codec="gb2312"), max_size=50))
def test_ordinary_chinese_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text.replace("\x00", "").replace("\x02", "-")


def test_no_kangxi_radical_is_left() -> None:
    radicals = "".join(map(chr, range(0x2F00, 0x2FD6)))

    assert all(unicodedata.name(letter).startswith("CJK UNIFIED") for letter in plain(radicals))


@pytest.mark.parametrize(
    ("apart", "closed"),
    [("图 书 馆", "图书馆"), ("第一章 总 则", "第一章 总则"), ("目 录", "目录"),
     ("张三 李四", "张三 李四"), ("A B C", "A B C"), ("共 9 页", "共 9 页")],
)  # fmt: skip
def test_only_single_letters_set_apart_are_closed_up(apart: str, closed: str) -> None:
    assert close_up(apart) == closed


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [("公共图书", "馆事业", "公共图书馆事业"), ("截至", "2020年", "截至2020年"),
     ("the public", "library", "the public library"), ("insti-", "tution", "institution"),
     ("Sino-", "British", "Sino-British"), ("他说“好”", "吗", "他说“好”吗"),
     ("said “yes”", "and left", "said “yes” and left"), ("the end—", "almost", "the end—almost"),
     ("see https://a.org/lear", "ning-cities.", "see https://a.org/learning-cities.")],
)  # fmt: skip
def test_lines_are_joined_as_their_script_asks(first: str, second: str, whole: str) -> None:
    assert join_lines(first, second) == whole


def test_a_compound_seen_whole_elsewhere_keeps_its_hyphen() -> None:
    compounds = compounds_in("Decision-making is hard.")

    assert join_lines("a decision-", "making body", compounds) == "a decision-making body"


def test_wide_letters_are_told_from_narrow_ones() -> None:
    assert all(map(is_wide, "图书馆，。（）あ"))
    assert not any(map(is_wide, "abc123 ,.()é"))
