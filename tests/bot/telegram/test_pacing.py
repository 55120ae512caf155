from bot.telegram.pacing import Pacing


class Watch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_burst_passes_and_then_one_a_second() -> None:
    watch = Watch()
    pacing = Pacing(burst=3, a_second=1.0, now=watch)

    assert [pacing.allows(1, 1) for _ in range(4)] == [True, True, True, False]
    watch.seconds = 1.0
    assert [pacing.allows(1, 1) for _ in range(2)] == [True, False]


def test_one_persons_flood_is_not_anothers() -> None:
    pacing = Pacing(burst=1, now=Watch())
    pacing.allows(1, 1)

    assert not pacing.allows(1, 1)
    assert pacing.allows(2, 1)


def test_too_many_waiting_questions_are_refused_at_any_speed() -> None:
    assert not Pacing(most_waiting=5, now=Watch()).allows(1, 6)


def test_the_friendly_word_comes_once_in_a_while() -> None:
    watch = Watch()
    pacing = Pacing(now=watch)
    pacing.allows(1, 1)

    assert [pacing.is_to_be_told(1) for _ in range(3)] == [True, False, False]
    watch.seconds = 31.0
    assert pacing.is_to_be_told(1)
