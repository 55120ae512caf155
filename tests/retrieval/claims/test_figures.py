"""The figures of a sentence, held against those of its quotes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.claims.figures import figures, stray_figures, tallies_of


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("达到500TB", "500"),
        ("二〇二五年", "2025"),
        ("8460.87万人次", "84608700"),
        ("1,234.5 thousand visits", "1234500"),
        ("3 million books", "3000000"),
        ("百分之三十", "30"),
        ("一百万册", "1000000"),
        ("共五百册", "500"),
        ("五条倡议", "5"),
        ("第二届", "2"),
        ("全国第四", "4"),
        ("二、注重内涵发展", "2"),
        ("（三）主要发展指标", "3"),
        ("二十余项", "20"),
        ("“十四五”规划", ""),
        ("the 14th Five-Year Plan", ""),
        ("7 April 2021", "7 4 2021"),
        ("2021年4月7日", "2021 4 7"),
        ("two of the twelve", "2 12"),
        ("120，260场", "120 260"),
        ("500，2020年", "500 2020"),
        ("120,260场", "120260"),
        ("2021—2025年", "2021 2025"),
        ("一个读者，一种服务", ""),
        ("may be one of them", ""),
        ("一带一路", ""),
        ("五四运动", ""),
    ],
)
def test_every_way_of_writing_a_number_is_read(text: str, values: str) -> None:
    assert [figure.value for figure in figures(text)] == [Decimal(v) for v in values.split()]


@pytest.mark.parametrize(
    ("sentence", "quoted", "around"),
    [
        ("押金为50元。", "押金为五十元", ""),
        ("增长百分之二十。", "增长20%", ""),
        ("The total is 8.46 million visits.", "总流通人次846万", ""),
        ("2025年为500。", "500", "2020年 2025年"),
        ("总流通8460.87万人次。", "8460.87", "总流通人次（万人次）"),
        ("每10000人一座。", "每万人一座", ""),
        ("论坛在2021年4月7日举行。", "held on 7 April 2021", ""),
        ("没有数字的一句话。", "也没有", ""),
    ],
)
def test_a_figure_that_stands_there_is_none_astray(sentence: str, quoted: str, around: str) -> None:
    assert stray_figures(sentence, quoted, around) == []


@pytest.mark.parametrize(
    ("sentence", "quoted", "around"),
    [
        ("押金为80元。", "押金为50元", ""),
        ("押金为50万元。", "押金为50元", ""),
        ("增长50%。", "押金为50元", ""),
        ("人均1.82册，2025年2册。", "人均1.82册", ""),
        ("2025年建成。", "2020年建成", "规划（2021—2025）"),
        ("共14个分馆。", "共11个分馆", "“十四五”规划"),
        ("第三届论坛。", "第二届论坛", ""),
        ("共5000册。", "共500册", ""),
        ("提出六条倡议。", "提出五条倡议", ""),
    ],
)
def test_a_figure_that_stands_nowhere_is_astray(sentence: str, quoted: str, around: str) -> None:
    assert stray_figures(sentence, quoted, around)


def test_a_count_in_words_may_be_the_number_of_things_quoted() -> None:
    quote = "开放、平等、共享"

    assert 3 in tallies_of([quote])
    assert stray_figures("三个理念：开放、平等、共享。", quote, "", {3}) == []
    assert stray_figures("四个理念：开放、平等、共享。", quote, "", {3})
    assert stray_figures("3%的理念是开放。", quote, "", {3})


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_no_other_number_passes_for_one(said: int, written: int) -> None:
    strays = stray_figures(f"共{said}册。", f"共{written}册。", "")

    assert bool(strays) == (said != written)
