import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering import Answering
from retrieval.sureness import WEIGHTS, sure

SHARES = st.fixed_dictionaries({name: st.floats(0, 4) for name in WEIGHTS})


@given(SHARES, st.sampled_from(sorted(WEIGHTS)))
def test_every_sign_makes_surer_and_nothing_is_certain(signs: dict[str, float], name: str) -> None:
    less = sure(signs)

    more = sure({**signs, name: signs[name] + 0.5})

    assert 0.0 <= less <= more <= 1.0


def test_a_draft_without_any_sign_is_no_answer() -> None:
    assert sure(dict.fromkeys(WEIGHTS, 0.0)) < 0.01


@pytest.mark.parametrize(
    "question",
    [
        "图书馆能拍照吗", "读者借书记录能给警察看吗", "阅览室可以吃东西吗", "馆长任期是几年",
        "国际图联总部在哪里", "国际图联有多少会员", "国际图联的会费是多少", "可以推荐一本书吗",
        "合作伙伴计划的申请费是多少", "国际图联哪一年成立的", "what is the fine for a late book",
        "how many staff work at IFLA headquarters", "can I return books at night",
    ],
)  # fmt: skip
def test_what_only_sounds_like_the_documents_is_refused(
    answering: Answering, question: str
) -> None:
    answer = answering.converse([question])

    assert not answer.answered, answer.text
    assert answer.nearest


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("老年人能得到什么服务", "老年人"), ("遇到负面舆情怎么办", "舆情"),
        ("残疾读者有什么服务", "残障人士"), ("大学路馆区要改成什么", "智力运动"),
        ("政府投入减少图书馆怎么办", "多渠道的资金来源"),
        ("what does the initiative say about outsourcing", "外包"),
    ],
)  # fmt: skip
def test_what_the_documents_say_in_few_of_its_words_is_found(
    answering: Answering, question: str, said: str
) -> None:
    assert said in answering.converse([question]).text


def test_nobody_is_told_that_a_word_is_missing_which_stands_elsewhere(answering: Answering) -> None:
    answer = answering.converse(["老年人数字鸿沟怎么解决"])

    assert "老年人" not in answer.missing


def test_the_second_of_a_list_is_told_however_it_is_asked_for(answering: Answering) -> None:
    for turn in ("第二个是做什么的", "第二个是干嘛的", "第二个呢"):
        assert "曙光路馆区" in answering.converse(["四馆一楼是哪些", turn]).text
