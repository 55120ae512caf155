"""Everyday questions about a library's own rules, of which nobody has written cards."""

import pytest

from bot.wiring import App, adding, open_app
from foundation.settings import Settings
from knowledge.offer import Offered, Wanted

RULES = """# 临江区图书馆服务规则

## 借书

第一条 每证最多可借图书十五册，借期二十一天，可续借一次。

第二条 遗失图书的，照原价赔偿。

## 开放时间

| 区域 | 周二至周五 | 周末 | 周一 |
|---|---|---|---|
| 儿童馆 | 13:00—18:00 | 9:00—17:30 | 闭馆 |
| 自修区 | 8:00—22:00 | 8:30—21:00 | 8:00—22:00 |
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    app = open_app(Settings(home=tmp_path_factory.mktemp("home")))
    file = tmp_path_factory.mktemp("rules") / "规则.md"
    file.write_text(RULES, "utf-8")
    offered = Offered(file.name, file.name, file.read_bytes())
    outcome = next(iter(adding(app, Wanted()).results([offered])))
    assert outcome.status == "added"
    app.follow_changes()
    return app


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("每张证可以借几本书？", "十五册"),
        ("一个证能借多少书", "十五册"),
        ("书丢了怎么办", "照原价赔偿"),
        ("周末儿童馆几点开门？", "儿童馆：周末 9:00—17:30"),
        ("自修区周末几点关门？", "自修区：周末 8:30—21:00"),
        ("儿童馆周一开吗？", "周一 闭馆"),
    ],
)
def test_the_rule_that_was_loaded_answers(app: App, question: str, says: str) -> None:
    answer = app.answering.answer(question)

    assert says in answer.text
    assert {c.title for c in answer.citations} == {"临江区图书馆服务规则"}


@pytest.mark.parametrize("question", ["一本书多少钱？", "每个人能借几张光盘？", "几点发工资？"])
def test_what_no_rule_says_is_not_made_up(app: App, question: str) -> None:
    assert not app.answering.answer(question).answered
