"""`libcoach schedule` as a person or a script calls it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from foundation.database import Sessions, open_engine, open_sessions
from foundation.settings import Settings
from scheduler.rows import DeliveryRow
from tests.commands import Home
from tests.scheduler.cohort import add_people
from training_modules.rows import PersonRow

NOW = datetime.now(UTC)


@contextmanager
def opened(home: Home) -> Iterator[Sessions]:
    engine = open_engine(Settings(home=home.folder).database)
    yield open_sessions(engine)
    engine.dispose()


def with_people(home: Home) -> None:
    """One is due now wherever the sun stands, one paused, one is in no zone."""
    always = {"zone": "UTC", "hour": 0, "quiet_from": 0, "quiet_until": 0}
    people = [
        {"id": "anna", **always}, {"id": "bo", "is_paused": True, **always},
        {"id": "carl", **always, "zone": "Nowhere/At-all"},
    ]  # fmt: skip
    with opened(home) as sessions, sessions.begin() as session:
        add_people(session, people, NOW - timedelta(days=2))


def test_nothing_due_is_said_and_is_no_failure(home: Home) -> None:
    ran = home.run("schedule", "list")

    assert (ran.status, ran.out) == (0, "Nothing is due, and nothing was sent of late.\n")
    assert home.run("schedule", "list", "--json").value == {
        "deliveries": [], "more": 0, "learners": [], "without_person": [],
    }  # fmt: skip


def test_a_tick_plans_and_the_list_says_who_gets_nothing_and_why(home: Home) -> None:
    with_people(home)

    ticked = home.run("schedule", "tick", "--seconds", "0", "--json")
    listed = home.run("schedule", "list", "--json").value

    assert ticked.status == 0, ticked
    whys = {one["person"]: one["why"] for one in listed["learners"]}
    assert whys["carl"] in ("zone", "channel", "track")
    assert whys.keys() == {"anna", "bo", "carl"}


def test_one_delivery_is_shown_with_its_person_and_why(home: Home) -> None:
    with_people(home)
    row = DeliveryRow(
        id="slot", enrolment="anna", person="anna", module="", kind="module", number=0,
        local_date=NOW.date(), due_at=NOW, state="unknown", why="crashed", holder="",
        attempts=1, message="", changed_at=NOW,
    )  # fmt: skip
    with opened(home) as sessions, sessions.begin() as session:
        session.add(row)

    for wanted in ("slot", "anna"):
        shown = home.run("schedule", "show", wanted, "--json").value
        assert [one["state"] for one in shown["deliveries"]] == ["unknown"]
        assert [one["person"] for one in shown["learners"]] == ["anna"]
    text = home.run("schedule", "list", "--state", "unknown").out
    assert "unknown (the program ended while it was being sent)" in text
    assert home.run("schedule", "list", "--state", "sent").out.startswith("Nothing is due")


def test_what_is_not_sure_stands_first_and_a_long_list_says_what_it_leaves_out(home: Home) -> None:
    with_people(home)
    rows = [
        DeliveryRow(
            id=f"slot-{n}", enrolment="anna", person="anna", module=f"m{n}", kind="module",
            local_date=NOW.date(), due_at=NOW - timedelta(minutes=n), changed_at=NOW,
            state="unknown" if n == 5 else "sent",
        )
        for n in range(6)
    ]  # fmt: skip
    with opened(home) as sessions, sessions.begin() as session:
        session.add_all(rows)

    lines = home.run("schedule", "list", "--most", "2").out.splitlines()

    assert [line.split()[0] for line in lines[:2]] == ["slot-5", "slot-0"]
    assert lines[2] == "… and 4 more; --most shows them"
    assert home.run("schedule", "list", "--most", "2", "--json").value["more"] == 4


def test_since_when_somebody_blocked_us_and_until_when_they_are_away(home: Home) -> None:
    with_people(home)
    with opened(home) as sessions, sessions.begin() as session:
        bo, anna = session.get_one(PersonRow, "bo"), session.get_one(PersonRow, "anna")
        bo.blocked_at = datetime(2026, 11, 20, 8, tzinfo=UTC)
        anna.paused_until = NOW.date() + timedelta(days=3)
        until = anna.paused_until.isoformat()

    shown = [home.run("schedule", "show", who).out for who in ("bo", "anna")]

    assert "  blocked by them, or their account closed, on 2026-11-20\n" in shown[0]
    assert f"  away until {until}\n" in shown[1]


def test_an_id_that_nobody_has_is_told_in_one_sentence(home: Home) -> None:
    ran = home.run("schedule", "show", "nobody")

    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("Nothing is known of “nobody”; give the id")


def test_a_day_that_is_none_and_a_state_that_is_none_are_wrong_usage(home: Home) -> None:
    assert home.run("schedule", "list", "--day", "2026-13-01").status == 2
    assert home.run("schedule", "list", "--state", "lost").status == 2


def test_a_dry_run_of_housekeeping_lists_and_erases_nothing(home: Home) -> None:
    ran = home.run("schedule", "housekeeping", "--dry-run", "--json")

    assert {one["what"]: one["rows"] for one in ran.value} == {
        "questions": 0, "deliveries": 0, "words": 0, "conversations": 0, "people": 0,
    }  # fmt: skip
    assert not (home.folder / "backups").exists()


def test_housekeeping_makes_a_backup_that_is_put_back(home: Home) -> None:
    with_people(home)
    said = home.run("schedule", "housekeeping", "--json")
    assert said.status == 0, said
    (backup,) = home.run("schedule", "restore", "--json").value
    assert said.value["backup"].startswith(backup["path"].rpartition("/")[2])
    with opened(home) as sessions, sessions.begin() as session:
        add_people(session, [{"id": "dora"}], NOW)
        session.execute(update(DeliveryRow).values(why="x"))

    ran = home.run("schedule", "restore", backup["path"], "--json")

    assert ran.status == 0, ran
    people = {one["person"] for one in home.run("schedule", "list", "--json").value["learners"]}
    assert people == {"anna", "bo", "carl"}
    assert home.run("documents", "check").status == 0


def test_restoring_something_else_changes_nothing(home: Home) -> None:
    other = home.folder / "notes.txt"
    other.write_text("no database", "utf-8")
    with_people(home)

    ran = home.run("schedule", "restore", other)

    assert ran.status == 1
    assert "no whole database" in ran.err
    assert len(home.run("schedule", "list", "--json").value["learners"]) == 3
