import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, text

from foundation.database import Sessions, open_engine, open_sessions
from tests.commands import Home, as_nobody, with_little_disk
from tests.lrs_server import LearningRecordStore, lrs_server
from tests.training_modules.events import answered
from tests.training_modules.exporting.small_log import E1, enrolment
from training_modules import log
from training_modules.rows import EnrolmentRow

ROWS = 3000


@pytest.fixture
def sessions(home: Home) -> Iterator[Sessions]:
    """The log of a home: three thousand answers of one person in a cohort."""
    engine = open_engine(f"sqlite:///{home.folder / 'libcoach.db'}")
    sessions = open_sessions(engine)
    with sessions.begin() as session:
        session.execute(insert(EnrolmentRow), [enrolment(E1, "p_1", "春季班")])
        log.append(session, [answered(n, enrolment=E1) for n in range(1, ROWS + 1)])
    yield sessions
    engine.dispose()


@pytest.fixture
def store() -> Iterator[LearningRecordStore]:
    with lrs_server(key="bot", secret="s") as running:
        yield running


def beside(home: Home) -> list[str]:
    return sorted(path.name for path in home.folder.parent.glob("*") if path.name[0] == ".")


@pytest.mark.usefixtures("sessions")
def test_exports_are_told_as_one_value_of_json(home: Home) -> None:
    out = home.folder.parent / "a.xlsx"

    ran = home.run("outcomes", "export", "--format", "xlsx", "--out", out, "--json")

    assert (ran.status, ran.err) == (0, "")
    assert ran.value["rows"]["responses"] == ROWS
    assert load_workbook(out, read_only=True)["responses"].max_row == ROWS + 1


@pytest.mark.usefixtures("sessions")
def test_a_period_and_a_cohort_narrow_an_export(home: Home) -> None:
    out = home.folder.parent / "a.csv"
    base = ("outcomes", "export", "--format", "csv", "--out", out, "--json")

    one_day = home.run(*base, "--from", "2026-03-02", "--to", "2026-03-02", "--cohort", "春季班")

    assert one_day.value["total"] == 12 * 60 - 1
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert {row["local_date"] for row in csv.DictReader(file)} == {"2026-03-02"}


@pytest.mark.usefixtures("sessions")
def test_an_export_is_noted_for_who_looks_after_the_data(home: Home, sessions: Sessions) -> None:
    home.run("outcomes", "export", "--format", "xapi", "--out", home.folder.parent / "a.json")

    with sessions() as session:
        noted = session.execute(text("SELECT what, target, rows FROM audit")).one()
    assert tuple(noted) == ("export", "a.json", ROWS)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--from", "2026-05-02", "--to", "2026-05-01"), "is after"),
        (("--from", "yesterday"), "does not match the format"),
        (("--format", "pdf"), "is not one of"),
    ],
)
def test_wrong_usage_is_said(home: Home, given: tuple[str, ...], said: str) -> None:
    ran = home.run(
        "outcomes", "export", "--format", "csv", "--out", home.folder.parent / "a.csv", *given
    )

    assert ran.status == 2
    assert said in ran.err


def test_an_unknown_cohort_is_said_with_those_there_are(home: Home, sessions: Sessions) -> None:
    del sessions
    out = home.folder.parent / "a.csv"

    ran = home.run("outcomes", "export", "--format", "csv", "--out", out, "--cohort", "秋季班")

    assert ran.status == 1
    assert ran.err == "There is no cohort “秋季班”; there are: 春季班.\n"
    assert not out.exists()


@pytest.mark.usefixtures("sessions")
@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "xapi"])
def test_a_full_disk_is_told_and_leaves_nothing(home: Home, form: str) -> None:
    out = home.folder.parent / "a.out.csv"

    ran = home.run("outcomes", "export", "--format", form, "--out", out, prepare=with_little_disk)

    assert ran.status == 1
    assert ran.err.startswith(f"{out} cannot be written (File too large)")
    assert len(ran.err.splitlines()) == 1
    assert not out.exists()
    assert beside(home) == []


@pytest.mark.usefixtures("sessions")
def test_a_folder_that_may_not_be_written_is_told(home: Home, tmp_path: Path) -> None:
    for path in (home.folder, *home.folder.rglob("*")):
        path.chmod(0o777)
    locked = tmp_path / "locked"
    locked.mkdir(0o555)
    for path in (tmp_path, *tmp_path.parents):
        if path.owner() != "root" or path.stat().st_mode & 0o007:
            continue
        path.chmod(path.stat().st_mode | 0o005)

    ran = home.run(
        "outcomes", "export", "--format", "csv", "--out", locked / "a.csv", prepare=as_nobody
    )

    assert ran.status == 1
    assert "cannot be written (Permission denied); name a place that may be written." in ran.err


@pytest.mark.usefixtures("sessions")
def test_what_waits_is_sent_and_told(home: Home, store: LearningRecordStore) -> None:
    home.settings |= {
        "LIBCOACH_LRS_URL": store.url, "LIBCOACH_LRS_KEY": "bot", "LIBCOACH_LRS_SECRET": "s",
    }  # fmt: skip

    first = home.run("outcomes", "send", "--json")
    second = home.run("outcomes", "send")

    assert first.value == {"sent": ROWS, "refused": 0, "waiting": 0, "problem": ""}
    assert second.out == "0 statements are there, 0 were refused by the store, 0 wait.\n"
    assert len(store.stored) == ROWS


@pytest.mark.usefixtures("sessions")
def test_a_store_that_is_out_of_order_is_told_in_a_sentence(
    home: Home, store: LearningRecordStore
) -> None:
    store.script = [500]
    home.settings |= {
        "LIBCOACH_LRS_URL": store.url, "LIBCOACH_LRS_KEY": "bot", "LIBCOACH_LRS_SECRET": "s",
    }  # fmt: skip

    ran = home.run("outcomes", "send")

    assert ran.status == 1
    assert "takes no more for now (status 500" in ran.err
    assert f"{ROWS} wait" in ran.out


def test_without_a_store_sending_says_what_to_set(home: Home) -> None:
    ran = home.run("outcomes", "send")

    assert (ran.status, ran.out) == (1, "")
    assert "LIBCOACH_LRS_URL" in ran.err


def test_the_doctor_proves_the_log_and_names_its_damage(home: Home, sessions: Sessions) -> None:
    def said() -> dict[str, object]:
        checks = json.loads(home.run("doctor", "--json").out)["checks"]
        (check,) = [check for check in checks if check["what"] == "log"]
        return dict(check)

    assert said()["ok"] is True
    with sessions.begin() as session:
        session.execute(text("UPDATE event SET score = 0 WHERE number = 1234"))

    assert said()["ok"] is False
    assert "line 1234 of the outcome log was changed" in str(said()["says"])


@pytest.mark.usefixtures("sessions")
def test_an_event_is_taken_back_once_and_counts_no_more(home: Home) -> None:
    event, out = answered(7, enrolment=E1).id, home.folder.parent / "a.csv"

    first = home.run("outcomes", "correct", event, "--json")
    second = home.run("outcomes", "correct", event)
    left = home.run("outcomes", "export", "--format", "csv", "--out", out, "--json")

    assert first.value == {"event": event, "corrected": True}
    assert (second.status, second.out) == (0, "It was taken back before.\n")
    assert left.value["total"] == ROWS - 1


def test_an_event_that_is_not_there_is_told(home: Home) -> None:
    ran = home.run("outcomes", "correct", "nothing")

    assert (ran.status, ran.out) == (1, "")
    assert "has no event nothing" in ran.err
