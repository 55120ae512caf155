import pytest

from retrieval.cues import cue_words, cued
from retrieval.question import analyse


@pytest.mark.parametrize(
    ("question", "answers", "does_not"),
    [
        ("全国的博物馆归谁管？", "国家文物主管部门负责全国博物馆工作。", "主管部门应当公布名录。"),
        ("试用期最长多久？", "试用期不得超过六个月。", "试用期包含在合同期限内。"),
        ("公示至少几天？", "公示时间不得少于二十日。", "公示意见应当记录。"),
        ("文物能不能卖？", "博物馆不得从事商业经营。", "文物分为三级。"),
        ("对馆员有什么要求？", "馆员要爱岗敬业，提升专业素养。", "来自各地的馆员分享交流。"),
        ("乱停车怎么罚？", "处二百元以下罚款。", "停车场应当设置标志。"),
    ],
)  # fmt: skip
def test_a_sentence_that_looks_like_what_is_asked_for_is_told_from_one_that_does_not(
    question: str, answers: str, does_not: str
) -> None:
    asked = analyse(question)

    assert cued(asked, answers) > cued(asked, does_not)


def test_who_is_responsible_for_the_whole_country_says_so() -> None:
    asked = analyse("档案工作由哪个部门负责？")

    whole = cued(asked, "国家档案主管部门主管全国的档案工作。")
    part = cued(asked, "本单位负责档案库房。")

    assert whole > part > 0


def test_a_question_that_expects_no_form_gives_no_cue() -> None:
    assert cued(analyse("图书馆的历史"), "图书馆应当开放，不得收费。") == 0
    assert cue_words(analyse("图书馆的历史")) == ()


def test_a_definition_is_searched_for_by_its_form() -> None:
    assert "是指" in cue_words(analyse("什么是志愿服务？"))
