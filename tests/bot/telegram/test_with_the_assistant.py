"""The real conversation behind the real channel, over HTTP."""

import random
from collections import Counter

from bot.assistant import Assistant
from bot.serving import standing_of
from bot.wiring import App
from tests.running_bot import Starting
from tests.telegram_server.faults import When, broken, flood
from tests.telegram_server.people import buttons
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.world import USERNAME

QUESTION = "浙江图书馆2025年数字资源总量目标是多少？"


def test_a_newcomer_asks_and_opens_the_source(
    telegram: TelegramServer, starting: Starting, app: App
) -> None:
    assistant = Assistant(app)
    starting(assistant, standing_of(assistant))
    person = telegram.person(7001)
    person.says("/start")
    telegram.wait(person.heard)
    assert buttons(person.last())

    person.says(QUESTION)
    answer = person.wait_for("500")
    person.taps(answer, "原文")
    telegram.wait(lambda: len(person.heard()) >= 3 or "expandable" in str(person.seen()))
    assert "expandable_blockquote" in {
        entity["type"] for m in person.seen() for entity in m.get("entities", [])
    }
    assert telegram.refused == []


def test_in_a_group_nothing_personal_is_said(
    telegram: TelegramServer, starting: Starting, app: App
) -> None:
    starting(Assistant(app))
    person, group = telegram.person(7002), telegram.group()
    person.says(f"@{USERNAME} {QUESTION}", group)
    group.wait_for("500")
    person.says(f"/mydata@{USERNAME}", group)

    telegram.wait(lambda: len(group.heard()) == 2)
    assert "王芳" not in group.heard()[1]
    assert telegram.refused == []


def test_an_intruder_gets_nowhere(telegram: TelegramServer, starting: Starting, app: App) -> None:
    assistant = Assistant(app, frozenset({("telegram", "1001")}))
    starting(assistant, standing_of(assistant))
    intruder = telegram.person(7003, name="<b>x</b>&")
    for words in ("/admins", "/gaps", "/documents", "/export", "/report", "/trainees", "/modules"):
        intruder.says(words)
    telegram.wait(lambda: len(intruder.heard()) >= 7)
    intruder.sends_file("../../etc/passwd", b"# x\n\nbody")
    telegram.wait(lambda: len(intruder.heard()) >= 8)
    last = intruder.last()
    for forged in ("a.publish.1", "a.admins.add.7003", "a.", "\x00", "a.export.all.csv"):
        intruder.taps(last, data=forged)
    telegram.wait(lambda: len(telegram.calls("answerCallbackQuery")) == 5)

    told = " ".join(intruder.heard())
    assert "Traceback" not in told
    assert telegram.calls("sendDocument") == []
    assert not assistant.is_admin(assistant.training.people.meet("telegram", "7003"))
    assert telegram.refused == []


def test_a_bad_night_loses_no_question(
    telegram: TelegramServer, starting: Starting, app: App
) -> None:
    dice, planned = random.Random(20241121), Counter[tuple[str, str]]()
    people = [telegram.person(7100 + number) for number in range(8)]
    for _ in range(24):
        method = dice.choice(["sendMessage", "sendMessage", "getUpdates", "answerCallbackQuery"])
        trouble = dice.choice(["before", "after", "broken", "flood"])
        skip = dice.randrange(6)
        planned[trouble, method] += 1
        if trouble == "flood":
            telegram.night.plan(When.REFUSED, method, skip=skip, refusal=flood(1))
        elif trouble == "broken":
            telegram.night.plan(When.REFUSED, method, skip=skip, refusal=broken())
        else:
            telegram.night.plan(When[trouble.upper()], method, skip=skip)
    bot = starting(Assistant(app))
    for round_ in range(3):
        for person in people:
            person.says(QUESTION)
        if round_ == 1:
            bot.stop()
            bot = starting(Assistant(app))

    for person in people:
        telegram.wait(lambda p=person: sum("500" in w for w in p.heard()) >= 3, seconds=90)
    heard = sum("500" in words for person in people for words in person.heard())
    asked, in_doubt = 3 * len(people), planned["after", "sendMessage"]
    assert asked <= heard <= asked + in_doubt
    assert {r.status for r in telegram.refused} <= {409, 429, 502}
