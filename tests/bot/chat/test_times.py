import pytest

from bot.chat.times import minute_in


@pytest.mark.parametrize(
    ("said", "minute"),
    [("7:30", 450), ("７：３０", 450), ("晚上8点", 1200), ("8 pm", 1200), ("12 am", 0),
     ("早上七点半", 450), ("下午三点一刻", 915), ("晚上十点四十五分", 1365), ("二十点", 1200),
     ("中午一点", 780), ("十二点", 720), ("每天八点钟", 480), ("20", 1200)],
)  # fmt: skip
def test_an_hour_is_read_as_people_write_it(said: str, minute: int) -> None:
    assert minute_in(said) == minute


@pytest.mark.parametrize(
    "said", ["", "25:00", "7:75", "明天", "七点的火车", "晚上", "7:30 或 8:00"]
)
def test_what_is_no_hour_is_not_taken_for_one(said: str) -> None:
    assert minute_in(said) is None
