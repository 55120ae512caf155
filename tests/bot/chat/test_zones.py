import pytest

from bot.chat.zones import zone_named


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("北京", "Asia/Shanghai"),
        ("上海", "Asia/Shanghai"),
        ("杭州市", "Asia/Shanghai"),
        ("Hangzhou", "Asia/Shanghai"),
        ("香港", "Asia/Hong_Kong"),
        ("新疆", "Asia/Urumqi"),
        ("德国", "Europe/Berlin"),
        ("Chicago", "America/Chicago"),
        ("new york time", "America/New_York"),
        ("asia/almaty", "Asia/Almaty"),
    ],
)
def test_a_zone_is_understood_by_the_places_in_it(said: str, zone: str) -> None:
    assert zone_named(said) == zone


@pytest.mark.parametrize("said", ["火星", "美国", "", "你好吗"])
def test_what_names_no_one_zone_is_none(said: str) -> None:
    assert zone_named(said) is None
