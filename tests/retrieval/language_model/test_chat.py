"""The chat model against a server that plays every part a real one may play."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from foundation.errors import ModelUnavailable
from retrieval.language_model.chat import ChatModel
from retrieval.prompting import ANSWER, Prompt
from tests.chat_server import (
    ChatServer,
    Play,
    address_of_nobody,
    breaks_off,
    chat_server,
    completion,
    fails,
    refuses_unless,
    says,
    sends,
    stalls,
)

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KEY = "sk-a-very-secret-key-1234567890"
SPOKEN: dict[str, Any] = {"can_answer": True, "sentences": []}
ASKED = Prompt("the rules", "the material", ANSWER)


@pytest.fixture
def talk() -> Iterator[Callable[..., tuple[ChatModel, ChatServer]]]:
    """A model and the server behind it, which plays some parts in turn."""
    closing: list[Callable[[], object]] = []

    def opened(*plays: Play, **options: Any) -> tuple[ChatModel, ChatServer]:
        context = chat_server(*plays)
        server = context.__enter__()
        model = ChatModel(server.url, "some-model", **{"seconds": 5.0, **options})
        closing.append(lambda: context.__exit__(None, None, None))
        return model, server

    yield opened
    for close in closing:
        close()


def refusal_of(model: ChatModel) -> str:
    with pytest.raises(ModelUnavailable) as refused:
        model.reply(ASKED)
    return str(refused.value)


def test_it_asks_by_the_protocol_with_key_schema_and_temperature_zero(talk: Any) -> None:
    model, server = talk(says(SPOKEN), api_key=KEY)

    assert model.reply(ASKED) == SPOKEN

    (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.body["model"] == "some-model"
    assert request.body["temperature"] == 0
    assert request.body["stream"] is True
    assert [m["role"] for m in request.body["messages"]] == ["system", "user"]
    assert [m["content"] for m in request.body["messages"]] == ["the rules", "the material"]
    schema = request.body["response_format"]["json_schema"]["schema"]
    assert set(schema["properties"]) == {"can_answer", "sentences"}


def test_a_server_without_a_key_is_asked_all_the_same(talk: Any) -> None:
    model, server = talk(says(SPOKEN))

    assert model.reply(ASKED) == SPOKEN
    assert "none" in server.requests[0].headers["authorization"]


@pytest.mark.parametrize(
    "said",
    [
        "```json\n{object}\n```",
        "Here you are:\n\n```\n{object}\n```\nI hope this helps!",
        "<think>Let me see {{maybe}} [1]</think>{object}",
        '{{"note": "a first thought"}} and then {object}',
        '{{"can_answer": true, "sentences": [],}}',
    ],
)
def test_it_finds_the_object_among_other_words(talk: Any, said: str) -> None:
    model, _ = talk(says(said.format(object=json.dumps(SPOKEN))))

    assert model.reply(ASKED) == SPOKEN


def test_a_server_that_takes_no_schema_is_asked_plainly_from_then_on(talk: Any) -> None:
    model, server = talk(refuses_unless(lambda r: "response_format" not in r.body, SPOKEN))

    assert model.reply(ASKED) == SPOKEN
    assert model.reply(ASKED) == SPOKEN
    assert ["response_format" in r.body for r in server.requests] == [True, False, False]


def test_a_model_that_takes_no_temperature_is_asked_without(talk: Any) -> None:
    model, server = talk(refuses_unless(lambda r: "temperature" not in r.body, SPOKEN))

    assert model.reply(ASKED) == SPOKEN
    assert len(server.requests) == 3


def test_a_server_that_does_not_stream_is_understood(talk: Any) -> None:
    model, _ = talk(sends(completion(json.dumps(SPOKEN))))

    assert model.reply(ASKED) == SPOKEN


def test_too_many_questions_are_asked_again_when_the_server_says(talk: Any) -> None:
    waited: list[float] = []
    model, server = talk(
        fails(429, {"retry-after": "3"}), says(SPOKEN), seconds=60, sleep=waited.append
    )

    assert model.reply(ASKED) == SPOKEN
    assert waited == [3.0]
    assert len(server.requests) == 2


def test_it_does_not_wait_for_what_would_come_too_late(talk: Any) -> None:
    model, server = talk(fails(429, {"retry-after": "60"}))
    began = time.monotonic()

    assert refusal_of(model) == (
        "The language model takes no more questions for now; try again later."
    )
    assert time.monotonic() - began < 2
    assert len(server.requests) == 1


def test_a_fault_of_the_server_is_borne_a_few_times_with_growing_pauses(talk: Any) -> None:
    waited: list[float] = []
    model, server = talk(fails(503), sleep=waited.append)

    assert "HTTP 503" in refusal_of(model)
    assert waited == [0.5, 1.0]
    assert len(server.requests) == 3


def test_after_a_fault_the_server_is_asked_without_a_schema_but_the_schema_is_kept(
    talk: Any,
) -> None:
    model, server = talk(fails(500), says(SPOKEN), sleep=lambda _: None)

    assert model.reply(ASKED) == SPOKEN
    assert model.reply(ASKED) == SPOKEN
    assert ["response_format" in r.body for r in server.requests] == [True, False, True]


@pytest.mark.parametrize("play", [stalls(3), says(SPOKEN, pause=0.2)], ids=["silent", "dribbling"])
def test_a_slow_server_is_given_up_in_time(talk: Any, play: Play) -> None:
    model, _ = talk(says(SPOKEN), play, seconds=0.6)
    model.reply(ASKED)
    began = time.monotonic()

    assert refusal_of(model) == "The language model did not answer in time."
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("play", "sentence"),
    [
        (fails(401), "The language model refuses the key; check LIBCOACH_LLM_API_KEY."),
        (fails(404), "No such language model was found; check LIBCOACH_LLM_BASE_URL and LIB"),
        (fails(400), "The language model refuses the question (HTTP 400)."),
        (fails(418), "The language model refuses the question (HTTP 418)."),
        (sends("not json"), "The language model's answer cannot be read."),
        (sends("<html>Welcome</html>", "text/html"), "The language model's answer cannot be read."),
        (sends("data: {bad\n\n", "text/event-stream"), "The language model's answer cannot be"),
        (sends('{"choices": null}'), "The language model's answer cannot be read."),
        (breaks_off({**SPOKEN, "sentences": ["…"] * 20}), "The language model's answer broke off"),
        (says("I would rather not."), "The language model's answer broke off or is not in the"),
        (says('["sentences"]'), "The language model's answer broke off or is not in the form"),
        (says(""), "The language model's answer broke off or is not in the form asked for."),
        (says("{" * 70_000, piece=900), "The language model's answer has no end."),
    ],
)
def test_every_failure_has_its_sentence(talk: Any, play: Play, sentence: str) -> None:
    model, _ = talk(play)

    assert refusal_of(model).startswith(sentence)


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    began = time.monotonic()

    assert refusal_of(ChatModel(address_of_nobody(), "m")) == (
        "The language model cannot be reached; check LIBCOACH_LLM_BASE_URL."
    )
    assert time.monotonic() - began < 10


def test_a_key_that_cannot_be_sent_is_blamed(talk: Any) -> None:
    model, _ = talk(says(SPOKEN), api_key="钥匙")

    assert refusal_of(model) == "The language model refuses the key; check LIBCOACH_LLM_API_KEY."


def test_the_key_is_in_no_message_and_in_no_log(
    talk: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echoed = fails(401, body=f"Incorrect API key provided: {KEY}")
    model, _ = talk(echoed, api_key=KEY)

    with pytest.raises(ModelUnavailable) as refused:
        model.reply(ASKED)

    assert KEY not in repr(model) + repr(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None
    assert not [r for r in caplog.records if r.levelno >= logging.INFO and KEY in r.getMessage()]
