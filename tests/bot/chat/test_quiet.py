import pytest

from bot.chat.quiet import Quiet, apart_from, from_value, written
from scheduler.local_time import is_quiet

NIGHT: Quiet = (22 * 60, 7 * 60)


@pytest.mark.parametrize(
    ("said", "quiet"),
    [("22:00-7:00", NIGHT), ("22:00 – 7:00", NIGHT), ("晚上十点到早上七点", NIGHT),
     ("10 pm to 7 am", NIGHT), ("不设", (0, 0)), ("none", (0, 0))],
)  # fmt: skip
def test_quiet_hours_are_read_as_people_write_them(said: str, quiet: Quiet) -> None:
    assert written(said) == quiet


@pytest.mark.parametrize("said", ["", "22:00", "22:00-25:00", "晚上", "1-2-3", "从不"])
def test_what_is_no_span_of_hours_is_not_taken_for_one(said: str) -> None:
    assert written(said) is None


@pytest.mark.parametrize("value", ["", "22", "1440-0", "-1-5", "a-b", "1-2-3"])
def test_a_button_that_holds_no_hours_changes_nothing(value: str) -> None:
    assert from_value(value) is None


def test_an_hour_outside_leaves_the_quiet_hours_alone() -> None:
    assert apart_from(8 * 60, NIGHT) == {"quiet_from": 22 * 60, "quiet_until": 7 * 60}


@pytest.mark.parametrize("hour", range(0, 24 * 60, 15))
@pytest.mark.parametrize("quiet", [NIGHT, (60, 300), (0, 0), (480, 479)])
def test_an_hour_that_was_chosen_is_never_quiet(hour: int, quiet: Quiet) -> None:
    found = apart_from(hour, quiet)

    assert not is_quiet(hour, found["quiet_from"], found["quiet_until"])
    for minute in range(0, 24 * 60, 30):
        if is_quiet(minute, found["quiet_from"], found["quiet_until"]):
            assert is_quiet(minute, *quiet), "quiet hours only ever become fewer"
