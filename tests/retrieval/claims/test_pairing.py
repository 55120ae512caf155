"""Values under the years of their own columns."""

import pytest

from retrieval.claims.pairing import mispaired

HEADER = ("指标名称", "2020年", "2025年")
ROW = ("数字资源总量(TB)", "210.71", "500")


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年500TB，2020年210.71TB",
        "到2025年，数字资源总量目标为500TB，2020年为210.71TB。",
        "500 TB by 2025, up from 210.71 in 2020",
        "到2025年数字资源总量达到500TB（2020年为210.71TB）",
        "从2020年的210.71TB增长到2025年的500TB",
        "由210.71TB（2020年）增至500TB（2025年）",
        "2020年和2025年分别为210.71TB和500TB",
        "目标是500TB",
        "2025年的目标",
    ],
)
def test_a_row_read_rightly_passes(sentence: str) -> None:
    assert not mispaired(sentence, HEADER, ROW)


@pytest.mark.parametrize(
    "sentence",
    [
        "2020年500TB，2025年210.71TB",
        "2020年为500TB",
        "到2025年，数字资源总量为210.71TB。",
        "210.71 TB by 2025",
        "2025年和2020年分别为210.71TB和500TB",
    ],
)
def test_a_value_under_another_year_is_caught(sentence: str) -> None:
    assert mispaired(sentence, HEADER, ROW)


def test_a_table_without_years_has_nothing_to_mix_up() -> None:
    assert not mispaired("2020年为500TB", ("指标", "数值", "单位"), ("总量", "500", "TB"))
    assert not mispaired("2020年为7", HEADER, ("项目", "7", "7"))
