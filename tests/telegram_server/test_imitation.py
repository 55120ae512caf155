import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.telegram_server.faults import When, flood
from tests.telegram_server.markup import read_html
from tests.telegram_server.server import TelegramServer, telegram_server
from tests.telegram_server.specification import Refusal, checked, table


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with telegram_server() as server:
        server.person()
        yield server


def called(telegram: TelegramServer, method: str, **given: Any) -> tuple[int, dict[str, Any]]:
    """A call over HTTP as any program makes it: the status and the answer."""
    data = urllib.parse.urlencode(
        {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items()}
    ).encode()
    try:
        with urllib.request.urlopen(f"{telegram.url}/bot{telegram.token}/{method}", data) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def refused(method: str, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        checked(method, given, frozenset())
    return refusal.value.description


def test_the_table_holds_every_method_and_its_licence() -> None:
    assert len(table()["methods"]) == 180
    assert "MIT License" in table()["licence"]


@pytest.mark.parametrize(
    ("method", "given", "words"),
    [
        ("sendMesage", {}, "method not found"),
        ("sendMessage", {"chat_id": "1"}, "message text is empty"),
        ("sendMessage", {"chat_id": "1", "text": "x", "colour": "red"}, "colour"),
        ("sendMessage", {"chat_id": "1", "text": "x", "protect_content": "maybe"}, "Boolean"),
        ("getUpdates", {"limit": "101"}, "1-100"),
        ("setMyCommands", {"commands": '[{"command": "a"}]'}, "BotCommand"),
        ("setMyCommands", {"commands": '[{"command": "", "description": "x"}]'}, "COMMAND_INVALID"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "0-200"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_refused(method: str, given: dict[str, Any], words: str) -> None:
    assert words in refused(method, **given)


def test_callback_data_has_64_bytes_at_most() -> None:
    def keyboard(data: str) -> dict[str, Any]:
        buttons = [[{"text": "x", "callback_data": data}]]
        return {
            "chat_id": "1",
            "text": "x",
            "reply_markup": json.dumps({"inline_keyboard": buttons}),
        }

    assert checked("sendMessage", keyboard("字" * 21), frozenset())
    assert "BUTTON_DATA_INVALID" in refused("sendMessage", **keyboard("字" * 22))
    assert "BUTTON_DATA_INVALID" in refused("sendMessage", **keyboard(""))


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>x", 'can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("馆<div>", 'Unsupported start tag "div" at byte offset 3'),
        ("1 < 2", "Unsupported start tag"),
        ("<blockquote><blockquote>x</blockquote></blockquote>", "nested"),
        ("<code><b>x</b></code>", "inside code"),
    ],
)
def test_wrong_markup_is_refused_in_telegrams_words(html: str, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_html(html)
    assert words in refusal.value.description


def test_markup_is_read_with_offsets_in_utf_16() -> None:
    text, entities = read_html(" 😀<b>粗<i>斜</i></b> &lt;&#128512;&unknown; ")

    assert text == "😀粗斜 <😀&unknown;"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bold", 2, 2), ("italic", 3, 1),
    ]  # fmt: skip


def test_texts_are_measured_without_their_markup(telegram: TelegramServer) -> None:
    fits, too_long = "<b>" + "x" * 4096 + "</b>", "😀" * 2049
    assert called(telegram, "sendMessage", chat_id=1001, text=fits, parse_mode="HTML")[0] == 200
    status, said = called(telegram, "sendMessage", chat_id=1001, text=too_long)
    assert (status, said["description"]) == (400, "Bad Request: message is too long")


def test_an_edit_that_changes_nothing_is_refused(telegram: TelegramServer) -> None:
    _, sent = called(telegram, "sendMessage", chat_id=1001, text="x")
    number = sent["result"]["message_id"]
    edit = {"chat_id": 1001, "message_id": number}

    assert called(telegram, "editMessageText", text="y", **edit)[0] == 200
    assert "not modified" in called(telegram, "editMessageText", text="y", **edit)[1]["description"]
    called(telegram, "deleteMessage", **edit)
    assert (
        "to edit not found"
        in called(telegram, "editMessageText", text="z", **edit)[1]["description"]
    )


def test_updates_wait_until_they_are_confirmed(telegram: TelegramServer) -> None:
    person = telegram.person()
    first, second = person.says("一"), person.says("二")

    def numbers(**given: Any) -> list[int]:
        return [u["update_id"] for u in called(telegram, "getUpdates", **given)[1]["result"]]

    assert numbers() == numbers() == [first, second]
    assert numbers(offset=second) == [second]
    assert numbers(offset=second + 1) == []


def test_a_long_poll_ends_with_the_first_update(telegram: TelegramServer) -> None:
    with ThreadPoolExecutor() as pool:
        begun = time.monotonic()
        polled = pool.submit(called, telegram, "getUpdates", timeout=10)
        time.sleep(0.2)
        telegram.person().says("一")
        assert len(polled.result()[1]["result"]) == 1
        assert time.monotonic() - begun < 5


def test_a_second_poller_ends_the_first(telegram: TelegramServer) -> None:
    with ThreadPoolExecutor() as pool:
        first = pool.submit(called, telegram, "getUpdates", timeout=10)
        time.sleep(0.2)
        second = pool.submit(called, telegram, "getUpdates", timeout=0)
        assert first.result()[0] == 409
        assert second.result()[0] == 200


def test_polling_beside_a_webhook_is_a_conflict(telegram: TelegramServer) -> None:
    assert called(telegram, "setWebhook", url="http://127.0.0.1:9/x")[0] == 200
    status, said = called(telegram, "getUpdates")

    assert (status, "webhook is active" in said["description"]) == (409, True)
    assert called(telegram, "setWebhook", url="http://example.org")[0] == 400


def test_refusals_and_floods_are_worded_as_the_real_ones(telegram: TelegramServer) -> None:
    telegram.person(1002).blocks()
    telegram.night.plan(When.REFUSED, "sendMessage", skip=2, refusal=flood(7))

    assert called(telegram, "sendMessage", chat_id=5, text="x")[1]["description"] == (
        "Bad Request: chat not found"
    )
    assert called(telegram, "sendMessage", chat_id=1002, text="x")[1]["description"] == (
        "Forbidden: bot was blocked by the user"
    )
    assert called(telegram, "sendMessage", chat_id=1001, text="x")[1] == {
        "ok": False, "error_code": 429, "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }  # fmt: skip
    assert [r.status for r in telegram.refused] == [400, 403, 429]


def test_a_wrong_token_is_unauthorized(telegram: TelegramServer) -> None:
    telegram.token = "1:wrong"

    assert called(telegram, "getMe")[0] == 401


@pytest.mark.parametrize(("when", "seen"), [(When.BEFORE, []), (When.AFTER, ["x"])])
def test_a_line_breaks_before_or_after_the_effect(
    when: When, seen: list[str], telegram: TelegramServer
) -> None:
    telegram.night.plan(when, "sendMessage")
    with pytest.raises(OSError, match=r"closed|reset|Remote"):
        called(telegram, "sendMessage", chat_id=1001, text="x")

    assert telegram.person().heard() == seen
    assert len(telegram.calls("sendMessage")) == len(seen)


def test_limits_count_each_chat_and_all(telegram: TelegramServer) -> None:
    telegram.api.limits.in_one_chat = 1
    telegram.person(1002)

    assert called(telegram, "sendMessage", chat_id=1001, text="a")[0] == 200
    assert called(telegram, "sendMessage", chat_id=1001, text="b")[0] == 429
    assert called(telegram, "sendMessage", chat_id=1002, text="c")[0] == 200
