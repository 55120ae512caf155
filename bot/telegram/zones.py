"""The time zone of a place on the map: that of the nearest city that has one named after it."""

import math
import re
from functools import cache
from importlib.resources import files
from typing import Final

_LINE: Final = re.compile(r"^\w{2}\t([+-]\d+)([+-]\d+)\t([\w/+-]+)")
# Whole China keeps one time, which the nearest named city, abroad, often does not.
_CHINA: Final = "Asia/Shanghai"
_IN_CHINA: Final = (
    (39.9, 116.4), (45.8, 126.6), (43.9, 125.3), (41.8, 123.4), (47.4, 123.9), (50.2, 127.5),
    (49.2, 119.7), (40.8, 111.7), (38.5, 106.2), (36.1, 103.8), (36.6, 101.8), (34.3, 108.9),
    (37.9, 112.5), (34.7, 113.6), (36.7, 117.0), (36.1, 120.4), (30.6, 114.3), (28.2, 113.0),
    (28.7, 115.9), (26.1, 119.3), (24.5, 118.1), (23.1, 113.3), (22.5, 114.1), (21.3, 110.4),
    (22.8, 108.3), (20.0, 110.3), (25.0, 102.7), (22.0, 100.8), (25.9, 98.9), (26.6, 106.7),
    (29.6, 106.5), (30.7, 104.1), (27.9, 102.3), (29.7, 91.1), (29.3, 88.9), (32.5, 80.1),
    (43.8, 87.6), (39.5, 76.0), (43.9, 81.3), (47.8, 88.1), (42.8, 93.5), (40.1, 94.7),
    (37.1, 79.9), (30.3, 120.2), (31.8, 117.2), (32.1, 118.8), (42.9, 129.5), (40.1, 124.4),
)  # fmt: skip
_NOT_KEPT: Final = frozenset({"Asia/Urumqi"})


def nearest_zone(latitude: float, longitude: float) -> str:
    """The zone's name; near a border it may be the neighbour's."""
    return min(_cities(), key=lambda city: _apart(latitude, longitude, city[0], city[1]))[2]


@cache
def _cities() -> tuple[tuple[float, float, str], ...]:
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    found = [match.groups() for line in table.splitlines() if (match := _LINE.match(line))]
    named = [(_degrees(a), _degrees(b), zone) for a, b, zone in found if zone not in _NOT_KEPT]
    return (*named, *((a, b, _CHINA) for a, b in _IN_CHINA))


def _degrees(written: str) -> float:
    """`+DDMM`, `+DDDMMSS` and their like."""
    sign, digits = written[0], written[1:]
    whole = 2 if len(digits) in (4, 6) else 3
    rest = digits[whole:].ljust(4, "0")
    size = int(digits[:whole]) + int(rest[:2]) / 60 + int(rest[2:4]) / 3600
    return -size if sign == "-" else size


def _apart(a: float, b: float, c: float, d: float) -> float:
    """How far two places are from each other, as a share of a great circle."""
    north, other, turn = math.radians(a), math.radians(c), math.radians(d - b)
    along = math.sin((other - north) / 2) ** 2
    return along + math.cos(north) * math.cos(other) * math.sin(turn / 2) ** 2
