import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from foundation.errors import ExportRefused
from tests.training_modules.exporting.small_log import E1, STORY, small_log
from training_modules.own_data import archive
from training_modules.rows import PersonRow, WishRow

NOW = datetime(2026, 4, 1, tzinfo=UTC)


def taken(engine: Engine, target: Path) -> dict[str, bytes]:
    sessions = small_log(engine)
    person = {
        "id": "one", "channel": "terminal", "address": "1", "name": "=cmd 🎓", "language": "en",
        "zone": "Europe/Berlin", "pseudonym": "p_1", "created_at": NOW, "seen_at": NOW,
    }  # fmt: skip
    wish = {"id": "w", "pseudonym": "p_1", "text": "我想学编目", "language": "zh", "wished_at": NOW}
    with sessions.begin() as session:
        session.execute(insert(PersonRow), [person])
        session.execute(insert(WishRow), [wish])
    with sessions() as session:
        assert archive(session, "p_1", "one", target) == target
    with zipfile.ZipFile(target) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture
def files(engine: Engine, tmp_path: Path) -> dict[str, bytes]:
    return taken(engine, tmp_path / "mine.zip")


def values(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[name])


def test_a_person_gets_everything_that_is_kept_of_them(files: dict[str, bytes]) -> None:
    assert values(files, "person.json")["name"] == "=cmd 🎓"
    assert values(files, "enrolments.json")[0]["id"] == E1
    assert [wish["text"] for wish in values(files, "wishes.json")] == ["我想学编目"]
    assert len(values(files, "events.json")) == len(values(files, "xapi.json")) == 10


def test_their_own_words_are_theirs_whether_shared_or_not(files: dict[str, bytes]) -> None:
    said = [event["words"] for event in values(files, "events.json") if event["words"]]

    assert said == [STORY]
    told = [s["result"].get("extensions", {}) for s in values(files, "xapi.json") if "result" in s]
    assert [list(one.values()) for one in told if one] == [[STORY]]


def test_nobody_else_is_in_it(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        assert b"p_2" not in content, name
        assert "只给自己看".encode() not in content, name


def test_the_tables_open_in_a_spreadsheet(files: dict[str, bytes]) -> None:
    text = files["responses.csv"].decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text, newline="")))

    assert files["responses.csv"].startswith(b"\xef\xbb\xbf")
    assert [row["response"] for row in rows] == ["b", "-2"]


def test_it_says_what_is_what_in_their_language(files: dict[str, bytes]) -> None:
    assert b"This is everything" in files["README.txt"]


def test_somebody_of_whom_nothing_is_kept_gets_empty_files(engine: Engine, tmp_path: Path) -> None:
    sessions = small_log(engine)
    with sessions() as session:
        path = archive(session, "p_9", "nobody", tmp_path / "none.zip")

    with zipfile.ZipFile(path) as packed:
        assert json.loads(packed.read("events.json")) == []


def test_a_place_that_cannot_be_written_is_told(engine: Engine, tmp_path: Path) -> None:
    sessions = small_log(engine)
    with sessions() as session, pytest.raises(ExportRefused, match="There is no folder"):
        archive(session, "p_1", "one", tmp_path / "no" / "mine.zip")
