import pytest

from retrieval.expected import counted, counts, defines, fits
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
        ("哪一年成立的", "成立于一九二七年", "在此期间成立了分会"),
        ("总部在哪里", "总部设在海牙市", "城市图书馆的总部团队"),
        ("会员的会费是多少", "会费每年二百元", "不同类型的会员有 3 种"),
        ("那里有多大", "占地三十亩", "集收藏、展示于一体"),
        ("第几条规定了免费", "第三十三条 免费提供", "免费开放各项服务"),
        ("What is the fee?", "每人一百元", "100 个名额"),
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


@pytest.mark.parametrize(
    ("question", "things", "good", "bad"),
    [
        ("国际图联有多少会员？", "会员", "会员达1500个", "一个有价值的会员组织；共分三类"),
        ("一次能借多少本书", "本书", "一次可以借一本书", "一次可以借书"),
        ("How many branch libraries are there?", "branch libraries",
         "to have 1,200 branch libraries", "in 2025 more branch libraries"),
        ("目标从2020年的多少提到2025年的多少", "", "", ""),
        ("要多少时间", "", "", ""),
    ],
)  # fmt: skip
def test_a_number_counts_what_is_asked(question: str, things: str, good: str, bad: str) -> None:
    assert counted(analyse(question)) == things
    if things:
        assert counts(good, (things,))
        assert not counts(bad, (things,))


def test_the_number_of_an_article_is_no_figure() -> None:
    assert not fits(analyse("工资是多少"), "第十九条 任何组织不得侵占。")


def test_a_definition_says_what_a_thing_is() -> None:
    question = analyse("什么是志愿服务？")

    assert defines(question, "本条例所称志愿服务，是指自愿、无偿提供的公益服务。")
    assert not defines(question, "志愿服务组织应当公开信息。")
