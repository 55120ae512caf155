"""`libcoach run` as a process of its own, stopped and killed as machines do it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.telegram_server.people import buttons
from tests.telegram_server.server import TelegramServer

QUESTION = "浙江图书馆2025年数字资源总量目标是多少？"
Program = subprocess.Popen[str]


@pytest.fixture
def program(telegram: TelegramServer, tmp_path: Path) -> Iterator[Callable[[], Program]]:
    """Starts `libcoach run` in an empty home; what still runs at the end is killed."""
    started: list[Program] = []
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("LIBCOACH_")},
        "LIBCOACH_HOME": str(tmp_path / "home"), "LIBCOACH_TELEGRAM_TOKEN": telegram.token,
        "LIBCOACH_TELEGRAM_API_URL": telegram.url, "LIBCOACH_ADMINS": "1001",
    }  # fmt: skip

    def start() -> Program:
        command = [str(Path(sys.executable).with_name("libcoach")), "run"]
        started.append(
            subprocess.Popen(
                command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
            )
        )
        return started[-1]

    yield start
    for running in started:
        if running.poll() is None:
            running.kill()
            running.communicate()


@pytest.mark.slow
def test_a_person_with_a_token_has_a_bot(
    telegram: TelegramServer, program: Callable[[], Program]
) -> None:
    telegram.person(1001)
    person = telegram.person(2002)
    person.says("/start")
    running = program()

    telegram.wait(person.heard, seconds=90)
    person.says(QUESTION)
    answer = person.wait_for("500", seconds=30)
    assert buttons(answer)
    assert any(
        entity["type"] == "bold" or "quote" in entity["type"] for entity in answer["entities"]
    )

    begun = time.monotonic()
    running.send_signal(signal.SIGTERM)
    _, told = running.communicate(timeout=10)
    assert time.monotonic() - begun < 10
    assert running.returncode == 0
    assert telegram.token not in told
    assert telegram.refused == []


@pytest.mark.slow
def test_killed_in_the_middle_it_answers_everything_once(
    telegram: TelegramServer, program: Callable[[], Program]
) -> None:
    people = [telegram.person(3000 + number) for number in range(6)]
    for life in range(3):
        running = program()
        telegram.wait(lambda: telegram.ask(lambda w: w.commands), seconds=90)
        for person in people:
            person.says(QUESTION)
        time.sleep(0.15 * (life + 1))
        running.kill()
        running.communicate()
        telegram.ask(lambda w: w.commands.clear())
    program()

    for person in people:
        telegram.wait(lambda p=person: len(answers(p.heard())) >= 3, seconds=90)
    time.sleep(1.0)
    assert [len(answers(person.heard())) for person in people] == [3] * len(people)


def answers(heard: list[str]) -> list[str]:
    return [words for words in heard if re.search("500", words)]
