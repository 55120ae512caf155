"""Time zones as people call them: a city, or the standard name where we have none."""

from typing import Final
from zoneinfo import available_timezones

from foundation.settings import LANGUAGES
from foundation.wording import say
from retrieval.gate import places, places_in_english

ZONES: Final = (
    "Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore",
    "Asia/Tokyo", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles",
    "Australia/Sydney", "UTC",
)  # fmt: skip

# Of the places that questions name, those that do not keep Beijing time; None where several do.
_ELSEWHERE: Final = {
    "香港": "Asia/Hong_Kong", "澳门": "Asia/Macau", "台湾": "Asia/Taipei",
    "新疆": "Asia/Urumqi", "喀什": "Asia/Urumqi", "乌鲁木齐": "Asia/Urumqi",
    "日本": "Asia/Tokyo", "韩国": "Asia/Seoul", "新加坡": "Asia/Singapore", "印度": "Asia/Kolkata",
    "英国": "Europe/London", "法国": "Europe/Paris", "德国": "Europe/Berlin",
    "芬兰": "Europe/Helsinki", "丹麦": "Europe/Copenhagen", "荷兰": "Europe/Amsterdam",
    "瑞典": "Europe/Stockholm", "挪威": "Europe/Oslo", "意大利": "Europe/Rome",
    "西班牙": "Europe/Madrid", "美国": None, "俄罗斯": None, "澳大利亚": None, "加拿大": None,
    "巴西": None,
}  # fmt: skip


def zone_said(zone: str, language: str) -> str:
    if zone not in ZONES:
        return zone
    return say(f"zone.{zone.rpartition('/')[2].lower()}", language)


def zone_named(said: str) -> str | None:
    """The zone somebody wrote, by its standard name or as we call it."""
    wanted = said.strip().casefold().removesuffix("时间").removesuffix(" time").strip()
    for zone in ZONES:
        if wanted in {zone_said(zone, language).casefold() for language in LANGUAGES}:
            return zone
    written = {zone.casefold(): zone for zone in available_timezones()}
    return written.get(wanted.replace(" ", "_")) or _zone_of_place(wanted)


def _zone_of_place(wanted: str) -> str | None:
    """上海, 杭州市, hangzhou, chicago: a place we know, or a city that one zone is called by."""
    place = wanted.removesuffix("市").removesuffix("省")
    place = dict(places_in_english()).get(place, place)
    if place in places():
        return _ELSEWHERE.get(place, "Asia/Shanghai")
    city = "/" + place.replace(" ", "_")
    called = [zone for zone in available_timezones() if zone.casefold().endswith(city)]
    return called[0] if len(called) == 1 else None
