import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question import Shape, analyse, holder_of


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("全省馆藏一共多少册？", Shape.FIGURE),
        ("馆员培训有哪些内容", Shape.LIST),
        ("什么是总分馆制？", Shape.DEFINITION),
        ("这份规划是谁起草的", Shape.WHO),
        ("哪一年开始试点？", Shape.WHEN),
        ("两份文件的区别在哪", Shape.COMPARE),
        ("现在还能申请吗", Shape.VALIDITY),
        ("图书馆为什么重要", Shape.FACT),
        ("How many branches are planned?", Shape.FIGURE),
        ("When does the plan end?", Shape.WHEN),
        ("Who issued the notice?", Shape.WHO),
    ],
)
def test_the_shape_of_a_question_is_seen(text: str, shape: Shape) -> None:
    assert analyse(text).shape is shape


def test_years_titles_and_ordinals_are_kept_apart() -> None:
    question = analyse("《公共图书馆法》第三届论坛在2023年说了什么")

    assert question.years == ("2023",)
    assert question.titles == ("公共图书馆法",)
    assert question.ordinals == ("第3届",)


def test_the_core_leaves_the_words_of_asking_out() -> None:
    assert analyse("请问数字资源总量是多少？").core == "数字资源总量是"
    assert "what" not in analyse("What is the vision of the strategy?").core


def test_a_question_says_how_many_things_it_wants() -> None:
    assert analyse("面临哪四大风险").count == 4
    assert analyse("Which three areas are named?").count == 3
    assert analyse("有哪些风险").count is None


def test_the_focus_is_the_kind_of_thing_asked_for() -> None:
    assert analyse("有哪些专题活动").focus.startswith("专题")


def test_only_an_office_has_a_holder() -> None:
    assert holder_of("现任馆长是谁") == "馆长"
    assert holder_of("这份东西是谁写的") == ""


@given(st.text(max_size=600))
def test_anything_can_be_taken_apart(text: str) -> None:
    question = analyse(text)

    assert question.language in {"zh", "en"}
    assert isinstance(question.shape, Shape)
