"""What every language model does, the real one against a server of the tests' own, and the fake."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from foundation.errors import ModelUnavailable
from retrieval.language_model.chat import ChatModel
from retrieval.language_model.port import LanguageModel, Spoken
from retrieval.prompting import ANSWER, QUESTION, Prompt
from tests.chat_server import chat_server, fails, says
from tests.scripted_model import ScriptedModel

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

Line = dict[str, Any] | None
Opening = Callable[..., LanguageModel]

SENTENCES: dict[str, Any] = {
    "can_answer": True,
    "sentences": [
        {"text": "第一句说“好”{}。", "quotes": [{"passage": 1, "quote": "甲乙丙丁"}]},
        {"text": "Second \\ sentence.", "quotes": []},
        {"text": "第三句。", "quotes": [{"passage": 2, "quote": "[戊己庚辛]"}]},
    ],
}
ASKED = Prompt("rules", "material", ANSWER)


@pytest.fixture(params=["chat", "scripted"])
def speaking(request: pytest.FixtureRequest) -> Iterator[Opening]:
    """Makes a model that says some objects in turn; None is a failure."""
    closing: list[Callable[[], object]] = []

    def chat(*lines: Line) -> LanguageModel:
        plays = [fails(500) if line is None else says(line) for line in lines]
        context = chat_server(*plays)
        model = ChatModel(context.__enter__().url, "m", seconds=10, retries=0)
        closing.append(lambda: context.__exit__(None, None, None))
        return model

    def scripted(*lines: Line) -> LanguageModel:
        return ScriptedModel([ModelUnavailable("It is away.") if n is None else n for n in lines])

    yield chat if request.param == "chat" else scripted
    for close in closing:
        close()


def test_it_gives_the_object_as_it_was_said(speaking: Opening) -> None:
    assert speaking(SENTENCES).reply(ASKED) == SENTENCES


def test_it_answers_each_prompt_in_turn(speaking: Opening) -> None:
    model = speaking({"question": "一？"}, {"question": "二？"})
    prompt = Prompt("rules", "material", QUESTION)

    assert [model.reply(prompt)["question"] for _ in range(2)] == ["一？", "二？"]


def test_a_listener_hears_the_finished_members_and_at_last_all(speaking: Opening) -> None:
    heard: list[Spoken] = []

    speaking(SENTENCES).reply(ASKED, heard.append)

    counts = [len(spoken["sentences"]) for spoken in heard]
    assert counts == sorted(counts)
    assert heard[-1]["sentences"] == SENTENCES["sentences"]
    assert all(s["sentences"] == SENTENCES["sentences"][: len(s["sentences"])] for s in heard)


def test_what_cannot_be_had_is_said_in_one_plain_sentence(speaking: Opening) -> None:
    with pytest.raises(ModelUnavailable, match=r"^[A-Z][^\n]+\.$"):
        speaking(None).reply(ASKED)


def test_it_is_there_again_after_a_failure(speaking: Opening) -> None:
    model = speaking(None, SENTENCES)
    with pytest.raises(ModelUnavailable):
        model.reply(ASKED)

    assert model.reply(ASKED) == SENTENCES
