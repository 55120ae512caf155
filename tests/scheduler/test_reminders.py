from datetime import date

import pytest

from scheduler.delivery import Delivery, Kind, slot_id
from scheduler.reminders import VARIANTS, words
from tests.scheduler.cohort import noon


def a_reminder(day: int, number: int = 1, of: str = "values-01-core-values") -> Delivery:
    on = date.fromordinal(date(2026, 1, 1).toordinal() + day)
    return Delivery(slot_id("p", "daily", on), "e", "p", Kind.REMINDER, of, number, on, noon())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_reminders_vary_from_day_to_day(language: str) -> None:
    assert len({words(a_reminder(day), language) for day in range(100)}) == VARIANTS["first"]


def test_the_same_reminder_says_the_same_again() -> None:
    assert words(a_reminder(1), "zh") == words(a_reminder(1), "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_last_one_promises_peace_and_no_first_one_does(language: str) -> None:
    first = {words(a_reminder(day), language) for day in range(100)}
    last = {words(a_reminder(day, 2), language) for day in range(100)}

    assert len(last) == VARIANTS["second"]
    assert not first & last


@pytest.mark.parametrize("what", ["baseline", "posttest", "followup"])
def test_what_is_no_lesson_has_words_of_its_own(what: str) -> None:
    found = {words(a_reminder(day, of=what), "zh") for day in range(50)}
    last = {words(a_reminder(day, 2, of=what), "zh") for day in range(50)}

    assert len(found) == VARIANTS[what]
    assert not any("一课" in text for text in found | last)
