import pytest

from scheduler.budget import Budget


class Seconds:
    """A clock whose sleepers are woken at once, at the time they asked for."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def budget(seconds: Seconds) -> Budget:
    return Budget(25, seconds, seconds.sleep)


def taken_until(budget: Budget, seconds: Seconds, end: float) -> int:
    count = 0
    while seconds.now < end:
        count += budget.take(8)
        if budget.is_held:
            seconds.sleep(0.1)
    return count


def test_a_minute_holds_its_rate_and_hardly_more(budget: Budget, seconds: Seconds) -> None:
    assert 1495 <= taken_until(budget, seconds, 60) <= 1506


def test_no_second_holds_more_than_its_rate_and_a_fifth(budget: Budget, seconds: Seconds) -> None:
    seconds.sleep(100)

    assert taken_until(budget, seconds, 101) <= 31


def test_several_processes_share_the_rate(budget: Budget, seconds: Seconds) -> None:
    budget.share(4)

    assert taken_until(budget, seconds, 60) <= 60 * 25 / 4 + 6


def test_while_the_channel_asks_to_wait_nothing_goes_out(budget: Budget, seconds: Seconds) -> None:
    budget.hold(35)

    assert taken_until(budget, seconds, 35) == 0
    assert budget.is_held
    seconds.sleep(2)
    assert not budget.is_held


def test_after_a_flood_it_goes_on_slower_and_finds_back(budget: Budget, seconds: Seconds) -> None:
    budget.hold(5)
    seconds.sleep(7)
    assert taken_until(budget, seconds, seconds.now + 10) < 200

    seconds.sleep(600)
    assert taken_until(budget, seconds, seconds.now + 10) >= 245


def test_however_often_it_floods_something_goes_out(budget: Budget, seconds: Seconds) -> None:
    for _ in range(50):
        budget.hold(1)
    seconds.sleep(3)

    assert taken_until(budget, seconds, seconds.now + 10) >= 9


def test_a_clock_that_is_put_back_gives_nothing_away(budget: Budget, seconds: Seconds) -> None:
    budget.take(8)
    seconds.now -= 1000

    assert budget.take(0) == 0
    assert taken_until(budget, seconds, seconds.now + 1) <= 31
