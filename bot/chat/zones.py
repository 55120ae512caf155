"""Time zones as people call them: a city, or the standard name where we have none."""

from typing import Final
from zoneinfo import available_timezones

from foundation.settings import LANGUAGES
from foundation.wording import say

ZONES: Final = (
    "Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore",
    "Asia/Tokyo", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles",
    "Australia/Sydney", "UTC",
)  # fmt: skip


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
    return written.get(wanted.replace(" ", "_"))
