from retrieval.answering import Answering
from retrieval.related import MOST, related


def kept(answering: Answering, question: str) -> list[dict[str, object]]:
    answer = answering.answer(question)
    return [{"version": c.version, "passage": c.passage} for c in answer.citations]


def test_what_stands_beside_an_answer_may_be_asked_next(answering: Answering) -> None:
    asked = "倡议书提了哪五条？"

    found = related(answering.searching.cards, kept(answering, asked), asked, "zh")

    assert len(found) == MOST
    assert asked not in found
    answers = [answering.answer(question) for question in found]
    assert all(answer.answered for answer in answers)


def test_they_are_in_the_language_of_the_question(answering: Answering) -> None:
    asked = "What is the vision of the IFLA strategy?"

    found = related(answering.searching.cards, kept(answering, asked), asked, "en")

    assert found
    assert all(question.isascii() for question in found)


def test_without_an_answer_nothing_is_offered(answering: Answering) -> None:
    assert related(answering.searching.cards, [], "绍兴图书馆的馆长是谁？", "zh") == []
