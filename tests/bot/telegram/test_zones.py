from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.zones import nearest_zone


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (30.27, 120.16, "Asia/Shanghai"),
        (45.75, 126.65, "Asia/Shanghai"),
        (29.65, 91.14, "Asia/Shanghai"),
        (39.47, 75.99, "Asia/Shanghai"),
        (22.28, 114.16, "Asia/Hong_Kong"),
        (25.04, 121.56, "Asia/Taipei"),
        (35.68, 139.69, "Asia/Tokyo"),
        (52.52, 13.40, "Europe/Berlin"),
        (40.71, -74.01, "America/New_York"),
        (-33.87, 151.21, "Australia/Sydney"),
    ],
)
def test_a_place_has_the_zone_of_its_city(latitude: float, longitude: float, zone: str) -> None:
    assert nearest_zone(latitude, longitude) == zone


@given(st.floats(-90, 90), st.floats(-180, 180))
@settings(max_examples=100, deadline=None)
def test_every_place_has_a_zone_that_exists(latitude: float, longitude: float) -> None:
    assert nearest_zone(latitude, longitude) in available_timezones()
