"""Documents loaded later, with no cards: what the form of a law lets the answers find."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.wiring import adding, open_app
from foundation.clock import FixedClock
from foundation.settings import Settings
from knowledge.adding import Wanted
from knowledge.offer import Offered
from retrieval.answering import Answering
from retrieval.folding import fold
from retrieval.library import Library
from retrieval.titles import named_version

READING = """# 中华人民共和国阅读促进法

2019年3月2日 第十届代表大会常务委员会第一次会议通过

2023年5月6日 第十一届代表大会常务委员会第三次会议修正

## 第一章 总则

第一条 为了促进阅读，推广阅读活动，发展阅读事业，制定本法。

第二条 阅读活动应当便民。各级阅读组织、阅读协会和阅读推广人应当开展阅读活动，阅读、阅读、再阅读。

第三条 本法所称阅读推广人，是指以自己的知识和时间向他人介绍图书的自然人。

第四条 国家阅读主管部门主管全国的阅读促进工作；有关主管部门按照职责做好阅读促进工作。

## 第二章 附则

第五条 阅读推广人应当佩戴标志。

第六条 本法自2019年10月1日起施行。
"""
RULES = """# 阅读促进法实施办法

2020年1月8日 公布

## 第一章 总则

第一条 本办法根据阅读促进法制定。

第二条 阅读推广人每年参加培训不得少于二十小时。

第三条 本办法自2020年2月1日起施行。
"""


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    clock = FixedClock(datetime(2026, 11, 21, 4, 0, tzinfo=UTC))
    app = open_app(Settings(home=tmp_path_factory.mktemp("laws")), clock)
    offered = [
        Offered(f"{name}.md", f"{name}.md", text.encode())
        for name, text in (("阅读促进法", READING), ("实施办法", RULES))
    ]
    assert [o.status for o in adding(app, Wanted()).results(offered)] == ["added", "added"]
    yield app.answering
    app.engine.dispose()


def title_named(question: str, library: Library) -> str | None:
    version = named_version(fold(question), library)
    return None if version is None else library.record(version).title


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("阅读促进法第二条是什么", "中华人民共和国阅读促进法"),
        ("《阅读促进法实施办法》何时施行", "阅读促进法实施办法"),
        ("图书馆几点开门", None),
    ],
)
def test_the_longest_title_that_stands_in_a_question_names_its_document(
    answering: Answering, question: str, title: str | None
) -> None:
    assert title_named(question, answering.library) == title


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("阅读促进法是什么时候通过的？", "2019年3月2日"),
        ("阅读促进法最近一次修正是哪一年？", "2023年5月6日"),
        ("修正后的阅读促进法什么时候生效？", "2019年10月1日"),
        ("阅读促进法实施办法是哪天公布的？", "2020年1月8日"),
    ],
)
def test_when_a_law_was_passed_or_came_into_force_is_answered_from_its_dated_lines(
    answering: Answering, question: str, date: str
) -> None:
    assert date in answering.answer(question).text


def test_a_definition_is_found_where_the_word_is_used_once(answering: Answering) -> None:
    assert "以自己的知识和时间" in answering.answer("什么是阅读推广人？").text


def test_who_is_in_charge_is_the_one_in_charge_of_the_whole(answering: Answering) -> None:
    assert "国家阅读主管部门" in answering.answer("阅读促进工作由哪个部门主管？").text


def test_another_article_is_asked_of_the_same_law(answering: Answering) -> None:
    answer = answering.converse(["阅读促进法第三条讲什么？", "第五条呢？"])

    assert "佩戴标志" in answer.text


def test_a_concept_that_stands_nowhere_is_not_answered_from_what_stands_beside_it(
    answering: Answering,
) -> None:
    assert not answering.answer("发明专利的期限是多久？").answered


def test_two_laws_that_are_named_are_each_asked_by_themselves(answering: Answering) -> None:
    answer = answering.answer("阅读促进法和阅读促进法实施办法分别从什么时候起施行？")

    assert "2019年10月1日" in answer.text
    assert "2020年2月1日" in answer.text
    assert len({citation.document for citation in answer.citations}) == 2
