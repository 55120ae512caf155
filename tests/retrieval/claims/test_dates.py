"""Days, months and periods, held whole against their quotes."""

import pytest

from retrieval.claims.dates import Day, days, periods, stray_days, stray_periods


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2021年4月7日", [Day(2021, 4, 7)]),
        ("二〇二一年四月七日", [Day(2021, 4, 7)]),
        ("申报截止 6 月 30 日", [Day(0, 6, 30)]),
        ("2021年4月", [Day(2021, 4, 0)]),
        ("2021-04-07", [Day(2021, 4, 7)]),
        ("on 7 April 2021", [Day(2021, 4, 7)]),
        ("April 7th, 2021", [Day(2021, 4, 7)]),
        ("in April 2021", [Day(2021, 4, 0)]),
        ("30 June", [Day(0, 6, 30)]),
        ("为期3个月，共7日", []),
    ],
)
def test_every_way_of_writing_a_day_is_read(text: str, found: list[Day]) -> None:
    assert days(text) == found


@pytest.mark.parametrize(
    ("sentence", "quoted", "around"),
    [
        ("held on 7 April 2021", "2021年4月7日举办", ""),
        ("在4月举办", "2021年4月7日举办", ""),
        ("截止时间为2017年6月30日", "截止时间为6月30日", "2017年通知"),
        ("2021年4月", "落款", "2021年4月7日"),
        ("没有日子", "2021年4月7日", ""),
    ],
)
def test_a_day_that_stands_there_is_none_astray(sentence: str, quoted: str, around: str) -> None:
    assert stray_days(sentence, quoted, around) == []


@pytest.mark.parametrize(
    ("sentence", "quoted", "around"),
    [
        ("2021年7月7日举办", "2021年4月7日举办", ""),
        ("2021年7月4日举办", "2021年4月7日举办", ""),
        ("截止时间为2018年6月30日", "截止时间为6月30日", "2017年通知"),
        ("4月30日截止，6月7日开始", "6月30日截止，4月7日开始", ""),
    ],
)
def test_a_day_put_together_otherwise_is_astray(sentence: str, quoted: str, around: str) -> None:
    assert stray_days(sentence, quoted, around)


def test_a_period_is_not_another_one() -> None:
    assert periods("“十三五”和the 14th Five-Year Plan") == {13, 14}
    assert stray_periods("“十四五”时期建成。", "“十三五”时期建成", "十四五规划") == {14}
    assert stray_periods("the 14th five-year plan", "建成", "“十四五”规划") == set()
