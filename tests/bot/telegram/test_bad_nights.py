import threading
import time
from collections.abc import Iterator

import pytest

from bot.speech import Button, Message, Reply, text
from bot.telegram.pacing import Pacing
from tests.running_bot import Starting
from tests.telegram_ears import Ears
from tests.telegram_server.faults import When, broken, flood
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.specification import bad

YES = ((Button("是", "j.yes"),),)


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates", "sendMessage"])
@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
def test_a_broken_line_loses_no_question(
    method: str, when: When, telegram: TelegramServer, starting: Starting
) -> None:
    ears = Ears()
    telegram.night.plan(when, method, times=2)
    person = telegram.person()
    person.says("一")
    starting(ears)
    person.says("二")

    person.wait_for("heard: 一")
    person.wait_for("heard: 二")
    assert [m.text for m in ears.heard] == ["一", "二"]


def test_an_answer_that_may_be_lost_is_sent_again(
    telegram: TelegramServer, starting: Starting
) -> None:
    person = telegram.person()
    starting(Ears())
    telegram.night.plan(When.AFTER, "sendMessage")
    person.says("一")

    telegram.wait(lambda: len(person.heard()) == 2)
    assert person.heard() == ["heard: 一", "heard: 一"]


@pytest.mark.parametrize("status", [500, 502, 504])
def test_trouble_at_telegram_is_waited_for(
    status: int, telegram: TelegramServer, starting: Starting
) -> None:
    telegram.night.plan(When.REFUSED, "sendMessage", times=2, refusal=broken(status))
    person = telegram.person()
    starting(Ears())
    person.says("一")

    person.wait_for("heard: 一")
    assert person.heard() == ["heard: 一"]


def test_a_flood_wait_is_obeyed(telegram: TelegramServer, starting: Starting) -> None:
    telegram.night.plan(When.REFUSED, "sendMessage", refusal=flood(2))
    person = telegram.person()
    starting(Ears())
    begun = time.monotonic()
    person.says("一")

    person.wait_for("heard: 一")
    assert time.monotonic() - begun >= 2
    assert [r.status for r in telegram.refused] == [429]


def test_under_flood_limits_everybody_is_answered(
    telegram: TelegramServer, starting: Starting
) -> None:
    telegram.api.limits.overall = 10
    people = [telegram.person(2000 + n) for n in range(25)]
    starting(Ears())
    for person in people:
        person.says("你好")

    for person in people:
        person.wait_for("heard: 你好", seconds=30)
        assert person.heard() == ["heard: 你好"]


def test_progress_that_meets_a_flood_still_ends_with_the_answer(
    telegram: TelegramServer, starting: Starting
) -> None:
    def says(_: Message) -> Iterator[Reply]:
        for number in range(6):
            yield Reply(text(f"第{number}步"), slot="a")
            time.sleep(0.25)
        yield Reply(text("答案"), slot="a")

    telegram.night.plan(When.REFUSED, "editMessageText", refusal=flood(2))
    person = telegram.person()
    starting(Ears(says))
    person.says("x")

    person.wait_for("答案")
    assert person.heard() == ["答案"]


def test_refused_markup_goes_out_as_plain_words(
    telegram: TelegramServer, starting: Starting
) -> None:
    refusal = bad('can\'t parse entities: Unsupported start tag "x" at byte offset 0')
    telegram.night.plan(When.REFUSED, "sendMessage", refusal=refusal)
    person = telegram.person()
    starting(Ears())
    person.says("<一>")

    assert person.wait_for("heard: <一>").get("entities") == []


def test_who_blocks_the_bot_stops_nobody_else(telegram: TelegramServer, starting: Starting) -> None:
    gone, other = telegram.person(), telegram.person(1002)
    ears = Ears()
    starting(ears)
    gone.becomes(is_blocked=True)
    gone.says("再见")
    other.says("你好")

    other.wait_for("heard: 你好")
    telegram.wait(lambda: telegram.refused)
    assert {r.status for r in telegram.refused} == {403}


def test_a_tap_that_is_too_old_is_still_heard(telegram: TelegramServer, starting: Starting) -> None:
    person = telegram.person()
    starting(Ears(lambda m: iter([Reply(text(m.action or "?"), YES)])))
    person.says("x")
    telegram.night.plan(
        When.REFUSED, "answerCallbackQuery",
        refusal=bad("query is too old and response timeout expired or query ID is invalid"),
    )  # fmt: skip
    person.taps(person.wait_for("?"), "是")

    person.wait_for("j.yes")


def test_cosmetic_calls_that_fail_do_not_stop_the_start(
    telegram: TelegramServer, starting: Starting
) -> None:
    for method in ("setMyCommands", "setMyDescription", "setMyShortDescription"):
        telegram.night.plan(When.REFUSED, method, times=99, refusal=bad("not today"))
    person = telegram.person()
    starting(Ears())
    person.says("一")

    person.wait_for("heard: 一")


def test_a_slow_question_blocks_nobody_else_and_keeps_its_place(
    telegram: TelegramServer, starting: Starting
) -> None:
    gate = threading.Event()

    def says(message: Message) -> Iterator[Reply]:
        if message.text == "难":
            gate.wait(10)
        yield Reply(text(f"答{message.text}"))

    slow, other = telegram.person(), telegram.person(1002)
    starting(Ears(says))
    slow.says("难")
    slow.says("易")
    other.says("急")

    other.wait_for("答急")
    assert slow.heard() == []
    gate.set()
    slow.wait_for("答易")
    assert slow.heard() == ["答难", "答易"]


def test_a_flood_of_one_person_gets_a_friendly_word_once(
    telegram: TelegramServer, starting: Starting
) -> None:
    ears = Ears()
    starting(ears, pacing=Pacing(burst=5, a_second=0.001))
    person, other = telegram.person(), telegram.person(1002)
    for number in range(30):
        person.says(str(number))
    other.says("你好")

    other.wait_for("heard: 你好")
    person.wait_for("heard: 4")
    person.wait_for("说得太快")
    assert sum("说得太快" in words for words in person.heard()) == 1
    assert len(ears.heard) == 6
