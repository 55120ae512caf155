import pytest

from retrieval.expected import defines, fits
from retrieval.question import analyse


@pytest.mark.parametrize(
    ("question", "good", "bad"),
    [
        ("建成多少家分馆", "建成图书馆分馆1200家", "建设更多的分馆"),
        ("专业馆员占百分之几", "占比达到60%", "提高专业馆员的占比"),
        ("总共花了多少美元", "投入300万美元", "投入300万元"),
        ("面积多少平方米", "建筑面积8.5万平方米", "共有1200家"),
        ("什么时候截止", "截止时间为6月30日", "请尽快申报"),
        ("试用期多久", "试用期不得超过六个月", "按照有关规定执行"),
        ("联系电话是多少", "电话：020-12345678", "请与秘书处联系"),
        ("发到哪个邮箱", "发送至 abc@example.org", "发送至秘书处"),
        ("总部在哪座城市", "总部设在海牙市", "总部负责维护框架"),
        ("要提前多少天", "提前三十日通知", "提前通知"),
        ("一张证能借几本", "每证可借二十册", "年外借5546.01万册次"),
        ("能借多少书", "每人可借十种", "通过各种途径注册的读者证"),
        ("周末几点开门", "周末 9:00—17:00", "周末开放"),
        ("一本书多少钱", "每本三十元", "外借5546.01万册次"),
        (
            "What is a learning city?",
            "学习型城市是公众的学习实体",
            "learning city; library; lifelong learning",
        ),
    ],
)
def test_an_answer_must_look_like_what_is_asked(question: str, good: str, bad: str) -> None:
    assert fits(analyse(question), good)
    assert not fits(analyse(question), bad)


def test_the_number_of_an_article_is_no_figure() -> None:
    assert not fits(analyse("工资是多少"), "第十九条 任何组织不得侵占。")


def test_a_definition_says_what_a_thing_is() -> None:
    question = analyse("什么是志愿服务？")

    assert defines(question, "本条例所称志愿服务，是指自愿、无偿提供的公益服务。")
    assert not defines(question, "志愿服务组织应当公开信息。")
