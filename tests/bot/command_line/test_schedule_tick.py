"""`libcoach schedule tick`, as cron calls it: what is due goes out over Telegram, once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from foundation.database import open_engine, open_sessions
from foundation.settings import Settings
from tests.commands import Home
from tests.scheduler.cohort import add_people
from tests.telegram_server.faults import When, flood
from tests.telegram_server.server import TelegramServer, telegram_server
from tests.telegram_server.specification import Refusal

NOW = datetime.now(UTC)
ANNA, BO, CARL = 1001, 1002, 1003


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with telegram_server() as server:
        yield server


@pytest.fixture
def cron(home: Home, telegram: TelegramServer) -> Home:
    """A home with a token and three people who are due now, wherever the sun stands."""
    home.settings |= {
        "LIBCOACH_TELEGRAM_TOKEN": telegram.token, "LIBCOACH_TELEGRAM_API_URL": telegram.url,
    }  # fmt: skip
    always = {"zone": "UTC", "hour": 0, "quiet_from": 0, "quiet_until": 0}
    engine = open_engine(Settings(home=home.folder).database)
    with open_sessions(engine).begin() as session:
        people = [{"id": str(chat), **always} for chat in (ANNA, BO, CARL)]
        add_people(session, people, NOW - timedelta(days=2))
    engine.dispose()
    for chat in (ANNA, BO, CARL):
        telegram.person(chat)
    return home


def chats(telegram: TelegramServer) -> list[int]:
    return sorted(took.chat for took in telegram.calls("sendMessage"))


def test_what_is_due_goes_out_once_and_the_next_tick_has_nothing_to_do(
    cron: Home, telegram: TelegramServer
) -> None:
    first = cron.run("schedule", "tick")
    second = cron.run("schedule", "tick", "--json").value

    assert (first.status, first.err) == (0, "")
    assert first.out.startswith(
        "Planned: 3, paused: 0. Sent: 3, failed: 0, not sure: 0, called off: 0, still waiting: 0.\n"
    )
    assert "\nHousekeeping: backup, " in first.out
    assert chats(telegram) == [ANNA, BO, CARL]
    assert telegram.calls("getUpdates") == []
    assert (second["planned"], second["sent"], second["channel"]) == (0, 0, "telegram")


def test_who_blocked_us_and_what_is_not_sure_are_counted_and_listed(
    cron: Home, telegram: TelegramServer
) -> None:
    telegram.person(BO).blocks()
    telegram.night.plan(When.AFTER, "sendMessage", times=3)

    ran = cron.run("schedule", "tick")
    listed = cron.run("schedule", "list", "--state", "failed", "--state", "unknown").out

    assert "Sent: 0, failed: 1, not sure: 2, called off: 0, still waiting: 0.\n" in ran.out
    assert "For the reasons: libcoach schedule list --state failed --state unknown\n" in ran.out
    assert chats(telegram) == [ANNA, CARL]
    assert listed.count("unknown (the channel did not say whether it arrived)\n") == 2
    assert listed.count("failed (blocked by them, or their account closed, on ") == 1


def test_without_a_token_it_plans_and_says_that_nothing_was_sent(
    cron: Home, telegram: TelegramServer
) -> None:
    token = cron.settings.pop("LIBCOACH_TELEGRAM_TOKEN")
    ran = cron.run("schedule", "tick")
    cron.settings["LIBCOACH_TELEGRAM_TOKEN"] = token
    later = cron.run("schedule", "tick", "--json").value

    assert ran.status == 0
    assert ran.out.startswith("Planned: 3, paused: 0. Sent: 0,")
    assert "still waiting: 3.\n" in ran.out
    assert ran.out.endswith(
        "Nothing was sent, because no channel is set up. Set LIBCOACH_TELEGRAM_TOKEN.\n"
    )
    assert (later["planned"], later["sent"], later["waiting"]) == (0, 3, 0)
    assert chats(telegram) == [ANNA, BO, CARL]


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (None, "Telegram cannot be reached; nothing was sent"),
        (Refusal(401, "Unauthorized"), "Telegram does not know this token"),
    ],
)
def test_without_telegram_it_plans_and_keeps_house_and_ends_with_one(
    cron: Home, telegram: TelegramServer, refusal: Refusal | None, said: str
) -> None:
    when = When.REFUSED if refusal else When.BEFORE
    telegram.night.plan(when, "getMe", times=99, refusal=refusal)

    ran = cron.run("schedule", "tick", "--json")

    assert ran.status == 1
    assert ran.err.startswith(said)
    assert (ran.value["planned"], ran.value["sent"], ran.value["waiting"]) == (3, 0, 3)
    assert "backup" in ran.value["chores"]
    assert cron.run("schedule", "list", "--state", "unknown").out.startswith("Nothing is due")


def test_a_flood_leaves_the_rest_for_the_next_tick(cron: Home, telegram: TelegramServer) -> None:
    telegram.night.plan(When.REFUSED, "sendMessage", times=3, refusal=flood(30))

    ran = cron.run("schedule", "tick", "--json").value
    # How many of the three had set out before the first was told to wait is left to chance.
    telegram.night.faults.clear()
    again = cron.run("schedule", "tick", "--json").value

    assert (ran["sent"], ran["unknown"], ran["waiting"]) == (0, 0, 3)
    assert again["sent"] == 3
    assert chats(telegram) == [ANNA, BO, CARL]
