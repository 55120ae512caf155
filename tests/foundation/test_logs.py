import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foundation.errors import ConfigurationError
from foundation.logs import close_logs, failed, log_file, note, set_up_logs, warn

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz_12345"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    set_up_logs(tmp_path)
    yield tmp_path
    close_logs()


def lines(home: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log_file(home).read_text("utf-8").splitlines()]


def test_an_event_is_one_line_of_json_with_its_facts(home: Path) -> None:
    note("document added", document="浙江-plan", passages=211)

    (line,) = lines(home)
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "info",
        "event": "document added",
        "document": "浙江-plan",
        "passages": 211,
    }
    assert "浙江" in log_file(home).read_text("utf-8")


def test_facts_cannot_change_when_and_what_happened(home: Path) -> None:
    note("asked", level="none", at="never")

    assert lines(home)[0]["level"] == "info"
    assert lines(home)[0]["at"] != "never"


@pytest.mark.parametrize(
    "fact",
    ["text", "question", "answer", "name", "username", "first_name", "token", "telegram_token"],
)
def test_texts_and_names_of_people_are_left_out(home: Path, fact: str) -> None:
    note("asked", **{fact: "王小明"}, nested={fact: "王小明", "kept": [{fact: "王小明"}]})

    assert "王小明" not in log_file(home).read_text("utf-8")
    assert lines(home)[0]["nested"] == {"kept": [{}]}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"https://api.telegram.org/bot{TOKEN}/getMe", "https://api.telegram.org/bot[token]/getMe"),
        (f"/bot{TOKEN.replace(':', '%3A')}/getMe", "/bot[token]/getMe"),
        ("postgresql://anna:geheim@host/libcoach", "postgresql://[secret]@host/libcoach"),
        ("Authorization: Bearer abc.def", "Authorization: [secret]"),
        ("sk-proj-0123456789abcdef", "[secret]"),
        ("/Users/anna/books", "~/books"),
        ("at 12:30, page 3:4", "at 12:30, page 3:4"),
    ],
)
def test_what_looks_like_a_secret_is_masked_wherever_it_stands(
    home: Path, said: str, kept: str
) -> None:
    note(said, place=said)
    logging.getLogger("httpx").warning("retry %s", said)

    ours, theirs = lines(home)
    assert ours["event"] == ours["place"] == kept
    assert theirs["event"] == f"retry {kept}"


def test_prose_is_cut_short(home: Path) -> None:
    note("asked", seen="图" * 1000)

    assert len(lines(home)[0]["seen"]) < 310


def test_third_parties_are_heard_from_warnings_on(home: Path) -> None:
    theirs = logging.getLogger("somebody.else")
    theirs.setLevel(logging.DEBUG)
    theirs.info("chatter")
    theirs.warning("disk is slow")

    (line,) = lines(home)
    assert (line["from"], line["level"], line["event"]) == (
        "somebody.else",
        "warning",
        "disk is slow",
    )


def test_an_error_is_kept_with_its_kind_and_place_but_not_its_message(home: Path) -> None:
    try:
        try:
            int("王小明的问题")
        except ValueError as error:
            raise RuntimeError("王小明") from error
    except RuntimeError as error:
        failed("answering failed", error, reference="7F3A")
        logging.getLogger("theirs").exception("it broke")

    ours, theirs = lines(home)
    assert ours["error"] == ["RuntimeError", "ValueError"]
    assert ours["reference"] == "7F3A"
    assert ours["where"][-1].startswith("foundation/test_logs.py:")
    assert theirs["error"] == ["RuntimeError", "ValueError"]
    assert "王小明" not in log_file(home).read_text("utf-8")


def test_the_level_is_a_choice(tmp_path: Path) -> None:
    set_up_logs(tmp_path, level="warning")
    note("small talk")
    warn("index is damaged")
    close_logs()

    assert [line["event"] for line in lines(tmp_path)] == ["index is damaged"]


def test_setting_up_again_moves_to_the_other_home_and_writes_no_line_twice(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    set_up_logs(first)
    note("one")
    set_up_logs(second)
    set_up_logs(second)
    note("two")
    close_logs()

    assert [line["event"] for line in lines(first)] == ["one"]
    assert [line["event"] for line in lines(second)] == ["two"]


def test_a_full_file_is_put_aside_and_the_oldest_are_dropped(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foundation.logs._LARGEST", 200)
    set_up_logs(home)
    for number in range(40):
        note("event", number=number)

    files = sorted(path.name for path in log_file(home).parent.iterdir())
    assert files == ["libcoach.log", *(f"libcoach.log.{n}" for n in range(1, 5))]
    assert lines(home)[-1]["number"] == 39


def test_a_log_that_another_process_put_aside_is_left_there(home: Path) -> None:
    note("before")
    log_file(home).rename(log_file(home).with_name("libcoach.log.1"))
    note("after")

    assert [line["event"] for line in lines(home)] == ["after"]


def test_a_value_that_cannot_be_written_stops_nobody(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Unspeakable:
        def __str__(self) -> str:
            raise ValueError("no")

    note("odd", value=Unspeakable())
    note("next")

    assert [line["event"] for line in lines(home)] == ["next"]
    assert capsys.readouterr().err == ""


def test_without_a_home_events_go_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    note("asked", document="plan")

    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


def test_a_home_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")

    with pytest.raises(ConfigurationError, match="point LIBCOACH_HOME to another"):
        set_up_logs(tmp_path)
