import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering import Answering
from retrieval.follow_up import needs_more, ordinal_of, resolve


@pytest.mark.parametrize(
    ("before", "turn", "whole"),
    [
        ("全省馆藏总量2025年目标是多少", "那2020年呢", "全省馆藏总量2020年目标是多少"),
        ("某计划的战略重点1讲什么？", "第2个呢？", "某计划的战略重点2讲什么？"),
        ("某某图书馆的宗旨是什么", "目标呢？", "某某图书馆目标是什么"),
        ("国际图联的愿景是什么", "浙江图书馆呢？", "浙江图书馆的愿景是什么"),
        ("人才规划怎么说的", "几月几号截止？", "人才规划，几月几号截止？"),
    ],
)
def test_a_follow_up_is_made_whole(before: str, turn: str, whole: str) -> None:
    resolved = resolve(before, turn)

    assert resolved.text == whole
    assert resolved.leans


@pytest.mark.parametrize(
    "turn",
    [
        "浙江图书馆的数字资源总量是多少？",
        "What does the IFLA strategy say about ethics and values?",
    ],
)
def test_a_question_that_names_its_matter_stands_alone(turn: str) -> None:
    assert not needs_more(turn)
    assert resolve("别的问题是什么", turn).text == turn


@pytest.mark.parametrize(
    ("turn", "number"),
    [("第二条呢", 2), ("第十二项是什么？", 12), ("and the third?", 3), ("the 2nd one", 2)],
)
def test_an_ordinal_alone_is_understood(turn: str, number: int) -> None:
    assert ordinal_of(turn) == number


def test_an_ordinal_with_a_question_of_its_own_is_not_alone() -> None:
    assert ordinal_of("第二条的罚款是多少") is None


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_turns_can_be_resolved(before: str, turn: str) -> None:
    assert isinstance(resolve(before, turn).text, str)
    ordinal_of(turn)


def test_the_same_question_again_is_that_question() -> None:
    asked = "团体读者一次能借多少本书？"

    assert resolve(asked, asked).text == asked


def test_a_question_that_names_its_document_leans_on_nothing() -> None:
    before = "浙江图书馆2025年数字资源总量目标是多少？"

    assert not resolve(before, "倡议书提了哪五条？").leans
    assert not resolve(before, "《公共图书馆法》怎么规定").leans
    assert resolve(before, "那2020年呢").leans
    assert resolve("倡议书提了哪五条？", "这份倡议的第二条").leans


def test_whether_it_is_over_is_not_carried_into_the_next_question(answering: Answering) -> None:
    answer = answering.converse(["合作伙伴计划还能报名吗", "联系人是谁"])

    assert "潘颖" in answer.text


def test_the_figures_of_two_years_answer_by_how_much(answering: Answering) -> None:
    answer = answering.converse(["2025年数字资源访问量目标", "增长了多少"])

    assert "6145.45" in answer.text
    assert "8000" in answer.text
