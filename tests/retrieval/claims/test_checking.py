"""Sentences held against their quotes, with a plain measure in the place of the library's."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.claims.checking import Measures, checked
from retrieval.claims.figures import figures
from retrieval.composing.draft import Statement
from retrieval.evidence import Source
from retrieval.folding import fold, letters
from retrieval.model_answer import ModelAnswer, ModelQuote, ModelSentence

TEXT = "未成年人可以凭监护人的身份证明办理读者证，押金为50元。读者证每年审验一次。"
SOURCES = {
    1: Source(1, "v", 4, TEXT, fold("临江图书馆读者服务规则\n2022\n第一章 办证")),
    2: Source(
        2,
        "v",
        9,
        "外借量（万册） | 32.5 | 41",
        fold("服务\n2022年\n2024年"),
        "",
        ("服务", "2022年", "2024年"),
        ("外借量（万册）", "32.5", "41"),
    ),
    3: Source(3, "w", 0, "The library opens at 9:00 and is closed on Mondays.", "opening hours"),
}


def covers(claim: str, text: str) -> float:
    """The share of a claim's pairs of letters that a text has."""
    wanted, held = letters(claim), letters(text)
    pairs = {wanted[n : n + 2] for n in range(len(wanted) - 1)}
    return sum(pair in held for pair in pairs) / len(pairs) if pairs else 0.0


MEASURES = Measures(covers, lambda _: ())


def said(*sentences: tuple[str, int, str]) -> list[Statement]:
    answer = ModelAnswer(
        tuple(ModelSentence(text, (ModelQuote(n, quote),)) for text, n, quote in sentences)
    )
    return checked(answer, SOURCES, MEASURES)


def test_a_sentence_keeps_its_quote_as_the_passage_writes_it() -> None:
    (statement,) = said(("办理读者证的押金为50元。", 1, "办理 读者证,押金为50元"))

    (quote,) = statement.quotes
    assert (quote.version, quote.passage) == ("v", 4)
    assert quote.text == "未成年人可以凭监护人的身份证明办理读者证，押金为50元。"


def test_a_row_is_quoted_whole() -> None:
    (statement,) = said(("外借量2024年为41万册。", 2, "外借量（万册）"))

    assert statement.quotes[0].text == "外借量（万册） | 32.5 | 41"


@pytest.mark.parametrize(
    ("text", "number", "quote"),
    [
        ("押金为50元。", 9, "押金为50元"),
        ("押金为50元。", 3, "押金为50元"),
        ("押金为50元。", 1, "押金为80元"),
        ("押金为50元。", 1, "50元"),
        ("押金为50元。", 1, "什么是"),
        ("It opens at 9:00.", 3, "the"),
        ("It opens at 9:00.", 3, "pens at 9:00"),
        ("押金为80元。", 1, "押金为50元"),
        ("外借量2022年为41万册。", 2, "外借量（万册）"),
        ("办理读者证没有押金。", 1, "押金为50元"),
        ("押金为50元，逾期归还每天罚款并取消全部借阅资格。", 1, "押金为50元"),
        ("终身学习需要全社会共同努力推动。", 1, "押金为50元"),
        ("好。", 1, "押金为50元"),
        ("[1]", 1, "押金为50元"),
    ],
)
def test_what_its_quotes_do_not_bear_out_is_dropped(text: str, number: int, quote: str) -> None:
    assert said((text, number, quote)) == []


def test_what_leans_on_a_dropped_sentence_goes_with_it() -> None:
    statements = said(
        ("成年人的押金为500元。", 1, "押金为50元"),
        ("其读者证每年审验一次。", 1, "读者证每年审验一次"),
        ("办理读者证的押金为50元。", 1, "押金为50元"),
    )

    assert [s.text for s in statements] == ["办理读者证的押金为50元。"]


def test_the_same_sentence_is_said_once() -> None:
    once = ("押金为50元。", 1, "押金为50元")

    assert len(said(once, ("**押金为50元**", 1, "押金为50元"), once)) == 1


def test_one_bad_quote_does_not_spoil_a_good_one() -> None:
    quotes = (ModelQuote(1, "押金为80元"), ModelQuote(1, "押金为50元"))

    (statement,) = checked(ModelAnswer((ModelSentence("押金为50元。", quotes),)), SOURCES, MEASURES)

    assert [quote.passage for quote in statement.quotes] == [4]


def test_a_quote_from_which_the_denial_was_cut_off_bears_out_nothing() -> None:
    source = Source(1, "v", 0, "逾期的图书不得续借。")
    sentence = ModelSentence(
        "逾期的图书可以续借。", (ModelQuote(1, "续借。逾期"), ModelQuote(1, "逾期的图书"))
    )

    assert checked(ModelAnswer((sentence,)), {1: source}, MEASURES) == []


PIECES = (
    "押金为 50 80 元 读者证 每年 审验 一次 两次 不得 2022年 2024年 41 外借量 万册 ， 。"
    " 《规则》 IFLA 上海 [1] <b> https://x.y"
)
pieces = st.sampled_from(PIECES.split())


@given(
    st.lists(pieces, min_size=1, max_size=10).map("".join),
    st.lists(st.tuples(st.integers(0, 4), st.lists(pieces, max_size=5).map("".join)), max_size=3),
)
def test_whatever_is_said_nothing_unfounded_comes_through(
    text: str, quotes: list[tuple[int, str]]
) -> None:
    sentence = ModelSentence(text, tuple(ModelQuote(n, quote) for n, quote in quotes))

    for statement in checked(ModelAnswer((sentence,)), SOURCES, MEASURES):
        evidence = "".join(quote.text for quote in statement.quotes)
        around = "".join(source.around for source in SOURCES.values())
        held = {figure.written for figure in figures(evidence + "\n" + around)} | {1, 2}
        assert statement.quotes
        assert all(q.text in "".join(s.text for s in SOURCES.values()) for q in statement.quotes)
        assert {figure.written for figure in figures(statement.text)} <= held
        assert not re.search(r"IFLA|上海|80|https|<b>|\[1\]", statement.text)
