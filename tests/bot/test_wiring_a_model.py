"""Which answering a setting asks for."""

from dataclasses import replace

import pytest

from bot.wiring import App
from retrieval.answering import Answering
from retrieval.language_model.chat import ChatModel
from retrieval.model_answering import ModelAnswering
from tests.chat_server import Request, chat_server, says

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_without_an_address_quotations_answer(app: App) -> None:
    assert isinstance(app.answering, Answering)


def test_with_an_address_the_model_there_is_asked_with_its_key(app: App) -> None:
    quote = "数字资源总量(TB) | 210.71 | 500"

    def speech(request: Request) -> dict[str, object]:
        quotes = [{"passage": request.number_of(quote), "quote": quote}]
        text = "到2025年，浙江图书馆数字资源总量的目标是500TB。"
        return {"can_answer": True, "sentences": [{"text": text, "quotes": quotes}]}

    with chat_server(says(speech)) as server:
        settings = replace(
            app.settings, llm_base_url=server.url, llm_model="some-model", llm_api_key="a-key"
        )
        answering = replace(app, settings=settings).answering
        assert isinstance(answering, ModelAnswering)
        answer = answering.converse(["浙江图书馆2025年数字资源总量目标是多少"])
        assert isinstance(answering.model, ChatModel)

    (request,) = server.requests
    assert answer.as_json(None, 0)["mode"] == "llm"
    assert answer.text.startswith("到2025年，浙江图书馆数字资源总量的目标是500TB。[1]")
    assert request.body["model"] == "some-model"
    assert request.headers["authorization"] == "Bearer a-key"
