import logging
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.speech import Message, Reply, text
from foundation import logs
from foundation.errors import ConfigurationError
from tests.running_bot import Starting
from tests.telegram_ears import Ears
from tests.telegram_server.faults import When
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.specification import Refusal
from tests.telegram_server.world import TOKEN


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_questions_asked_while_down_are_answered_late(
    telegram: TelegramServer, starting: Starting
) -> None:
    ears = Ears()
    person = telegram.person()
    starting(ears).stop()
    person.says("在吗", ago=3600)
    person.says("现在呢")
    starting(ears)

    person.wait_for("heard: 现在呢")
    assert [(m.text, m.is_late) for m in ears.heard] == [("在吗", True), ("现在呢", False)]


def test_an_update_that_comes_twice_is_heard_once(
    telegram: TelegramServer, starting: Starting
) -> None:
    ears = Ears()
    person = telegram.person()
    bot = starting(ears)
    number = person.says("一")
    person.wait_for("heard: 一")
    person.says("一", number=number)
    person.says("二")
    person.wait_for("heard: 二")
    bot.stop()
    starting(ears)
    person.says("二", number=number)
    person.says("三")

    person.wait_for("heard: 三")
    assert [m.text for m in ears.heard] == ["一", "二", "三"]


def test_what_was_being_thought_about_when_it_stopped_is_answered_after(
    telegram: TelegramServer, starting: Starting
) -> None:
    gate = threading.Event()

    def thinks(_: Message) -> Iterator[Reply]:
        gate.wait(20)
        yield Reply(text("太迟了"))

    person = telegram.person()
    first = starting(Ears(thinks))
    person.says("难题")
    telegram.wait(lambda: not telegram.ask(lambda w: w.updates))
    time.sleep(0.3)
    begun = time.monotonic()
    first.stop()
    assert time.monotonic() - begun < 10

    ears = Ears()
    starting(ears)
    person.wait_for("heard: 难题")
    gate.set()
    assert len(ears.heard) == 1
    assert person.heard() == ["heard: 难题"]


def test_another_program_with_the_same_token_is_told_of(
    telegram: TelegramServer, starting: Starting
) -> None:
    conflict = Refusal(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance"
        " is running",
    )
    telegram.night.plan(When.REFUSED, "getUpdates", refusal=conflict)
    person = telegram.person()
    bot = starting(Ears())
    person.says("一")

    person.wait_for("heard: 一")
    assert any("同一个令牌" in told for told in bot.told)


def test_a_token_that_telegram_does_not_know_is_one_sentence(
    telegram: TelegramServer, starting: Starting
) -> None:
    bot = starting(Ears(), settings={})
    bot.stop()
    other = starting(Ears())
    other.stop()
    telegram.night.plan(When.REFUSED, "getMe", refusal=Refusal(401, "Unauthorized"))
    refused = starting(Ears())
    telegram.wait(refused.has_ended)

    assert isinstance(refused.failure, ConfigurationError)
    assert "LIBCOACH_TELEGRAM_TOKEN" in str(refused.failure)
    assert TOKEN not in str(refused.failure)


def test_a_token_that_is_revoked_ends_the_program(
    telegram: TelegramServer, starting: Starting
) -> None:
    telegram.night.plan(When.REFUSED, "getUpdates", refusal=Refusal(401, "Unauthorized"))
    bot = starting(Ears())
    telegram.wait(bot.has_ended)

    assert isinstance(bot.failure, ConfigurationError)


def test_the_token_is_in_no_log(
    telegram: TelegramServer, starting: Starting, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logs.set_up_logs(tmp_path)
    telegram.night.plan(When.BEFORE, "getUpdates")
    telegram.night.plan(When.REFUSED, "sendMessage", times=1, refusal=Refusal(401, "Unauthorized"))
    person = telegram.person()
    starting(Ears())
    person.says("一")
    person.says("二")
    person.wait_for("heard: 二")
    logs.close_logs()

    written = caplog.text + logs.log_file(tmp_path).read_text("utf-8")
    assert "update" in written
    assert TOKEN not in written
    assert TOKEN.partition(":")[2] not in written


def test_a_webhook_takes_updates_with_its_secret_only(
    telegram: TelegramServer, starting: Starting
) -> None:
    port = free_port()
    ears = Ears()
    person = telegram.person()
    url = f"http://127.0.0.1:{port}/hook/libcoach"
    starting(
        ears,
        settings={
            "webhook_url": url, "webhook_secret": "s3cret", "webhook_listen": ("127.0.0.1", port),
        },
    )  # fmt: skip
    number = person.says("一")
    person.wait_for("heard: 一")

    assert telegram.calls("setWebhook")[0].values["secret_token"] == "s3cret"
    assert posted(url, None) == 403
    assert posted(url, "guessed") == 403
    assert posted(f"http://127.0.0.1:{port}/", "s3cret") == 404
    person.says("一", number=number)
    person.says("二")
    person.wait_for("heard: 二")
    assert [m.text for m in ears.heard] == ["一", "二"]


def posted(url: str, secret: str | None) -> int:
    """The status that an update gets which somebody sends."""
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    forged = b'{"update_id": 9, "message": {"message_id": 1, "date": 1, "text": "x"}}'
    request = urllib.request.Request(url, data=forged, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_port_that_is_taken_is_one_sentence(telegram: TelegramServer, starting: Starting) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        place = taken.getsockname()
        bot = starting(
            Ears(),
            settings={
                "webhook_url": "https://e.org/x", "webhook_secret": "s", "webhook_listen": place,
            },
        )  # fmt: skip
        telegram.wait(bot.has_ended)

    assert isinstance(bot.failure, ConfigurationError)
    assert "LIBCOACH_WEBHOOK_LISTEN" in str(bot.failure)
