from datetime import date

import pytest

from retrieval.composing.periods import ends_on, gives_time


@pytest.mark.parametrize(
    ("text", "published", "end"),
    [
        ("申报截止时间为 6 月 30 日", date(2017, 6, 12), date(2017, 6, 30)),
        ("截止时间为1月10日", date(2020, 12, 20), date(2021, 1, 10)),
        ("行动方案（2020—2022年）", None, date(2022, 12, 31)),
        ("自2024年3月1日起施行", None, date(2024, 3, 1)),
        ("截止时间为6月30日", None, None),
        ("没有日期", date(2017, 6, 12), None),
        ("2月30日截止", date(2017, 1, 1), None),
    ],
)
def test_the_end_of_a_time_is_reckoned_from_what_is_given(
    text: str, published: date | None, end: date | None
) -> None:
    assert ends_on(text, published) == end


def test_only_a_deadline_or_a_span_of_years_gives_a_time() -> None:
    assert gives_time("截止时间为6月30日")
    assert gives_time("（2020—2022年）")
    assert not gives_time("2021年4月7日举办论坛")
