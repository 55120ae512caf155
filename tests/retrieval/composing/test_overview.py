import pytest

from retrieval.answering import Answering
from retrieval.composing.overview import overview_asked


@pytest.mark.parametrize(
    ("question", "document", "said"),
    [
        ("倡议书主要讲了什么", "professionalization-initiative-2021", "二、注重内涵发展"),
        ("总结一下国际图联战略", "ifla-strategy-2024-2029", "影响力领域 3"),
        ("这篇论文讲了什么？", "learning-cities-libraries", "终身学习有着深厚的渊源"),
        ("Summarize the initiative", "professionalization-initiative-2021", "五、对接社会需求"),
        ("What is the IFLA strategy about?", "ifla-strategy-2024-2029", "愿景"),
    ],
)
def test_a_whole_document_is_told_by_its_beginning_and_its_headings(
    answering: Answering, question: str, document: str, said: str
) -> None:
    answer = answering.answer(question)

    assert {citation.document for citation in answer.citations} == {document}
    assert said in answer.text
    assert answer.text.count("\n") >= 4


@pytest.mark.parametrize(
    "question",
    ["倡议书第二条讲了什么", "What does the initiative say about outsourcing?", "馆藏总量是多少"],
)
def test_what_asks_for_a_part_asks_for_no_overview(question: str) -> None:
    assert not overview_asked(question.casefold().replace("第二", "第2"))


def test_an_overview_of_no_document_is_no_overview(answering: Answering) -> None:
    answer = answering.answer("介绍之江新馆")

    assert "之江新馆" in answer.text
    assert "一、“十三五”工作回顾" not in answer.text
