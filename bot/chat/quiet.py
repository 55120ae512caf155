"""Quiet hours: when nothing is sent to somebody, chosen by a tap or written."""

import re
from typing import Final

from bot.chat.times import hour_said, minute_in
from bot.chat.turn import Turn
from bot.speech import Button, Buttons
from scheduler.local_time import is_quiet

Quiet = tuple[int, int]
_NONE: Final[Quiet] = (0, 0)
_CHOICES: Final[tuple[Quiet, ...]] = ((1320, 420), (1260, 480), (1380, 360), _NONE)
_TO: Final = re.compile(r"\s*(?:[-–—~～到至]|\bto\b|\buntil\b)\s*")
_WORDS_FOR_NONE: Final = frozenset({"不设", "不用", "没有", "无", "none", "no"})
_AN_HOUR: Final = 60


def said(turn: Turn) -> str:
    return _said(turn, (turn.person.quiet_from, turn.person.quiet_until))


def _said(turn: Turn, quiet: Quiet) -> str:
    if quiet[0] == quiet[1]:
        return turn.words("training.settings.quiet.none")
    return f"{hour_said(quiet[0])}–{hour_said(quiet[1])}"


def choices(turn: Turn) -> Buttons:
    return tuple((Button(_said(turn, one), f"p.quiet.{as_value(one)}"),) for one in _CHOICES)


def as_value(quiet: Quiet) -> str:
    return f"{quiet[0]}-{quiet[1]}"


def from_value(value: str) -> Quiet | None:
    """What a button holds, however old."""
    parts = value.split("-")
    if len(parts) != 2 or not all(p.isdecimal() and int(p) < 24 * _AN_HOUR for p in parts):
        return None
    return int(parts[0]), int(parts[1])


def written(words: str) -> Quiet | None:
    """22:00-7:00, 晚上十点到早上七点, or none at all."""
    if words.strip(" 。.").lower() in _WORDS_FOR_NONE:
        return _NONE
    first, *rest = _TO.split(words)
    minutes = [minute_in(first), *map(minute_in, rest)]
    if len(minutes) != 2 or minutes[0] is None or minutes[1] is None:
        return None
    return minutes[0], minutes[1]


def news(turn: Turn) -> str:
    """What is said when they were changed, also that the module has to wait for their end."""
    person = turn.person
    if not is_quiet(person.hour, person.quiet_from, person.quiet_until):
        return turn.words("training.settings.done")
    return turn.words(
        "training.settings.quiet.waits", hour=hour_said(person.hour),
        until=hour_said(person.quiet_until),
    )  # fmt: skip


def apart_from(hour: int, quiet: Quiet) -> dict[str, int]:
    """The quiet hours without an hour that somebody has chosen: it was their wish, too."""
    begin, end = quiet
    if is_quiet(hour, begin, end):
        day = 24 * _AN_HOUR
        is_nearer_to_end = (end - hour) % day <= (hour - begin) % day
        begin, end = (begin, hour) if is_nearer_to_end else ((hour + _AN_HOUR) % day, end)
    return {"quiet_from": begin, "quiet_until": end}
