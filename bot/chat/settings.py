"""Settings: language, hour, zone, days, quiet hours; pausing, being away, coming back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from bot.chat import quiet
from bot.chat.joining import hours
from bot.chat.rich import rich
from bot.chat.times import asks, hour_said, minute_in
from bot.chat.turn import Command, Turn
from bot.chat.zones import ZONES, zone_named, zone_said
from bot.speech import Button, Reply
from foundation.settings import LANGUAGES
from foundation.wording import say

_OF_A_TRAINEE: Final = ("language", "hour", "zone", "days", "quiet")
_OF_A_READER: Final = ("language", "zone")
_ROW: Final = 2
_AWAY: Final = timedelta(days=7)
_DAYS: Final = {"all": "1234567", "week": "12345", "cn": "1234567"}


def settings(turn: Turn, _rest: str) -> Iterator[Reply]:
    yield _panel(turn)


def _panel(turn: Turn, news: str = "") -> Reply:
    """How things are set now, and what may be changed; first what just was."""
    keys = _OF_A_TRAINEE if turn.person.is_trainee else _OF_A_READER
    buttons = [turn.button(f"training.settings.{key}", f"p.{key}") for key in keys]
    rows = tuple(tuple(buttons[at : at + _ROW]) for at in range(0, len(buttons), _ROW))
    key = "training.settings" if turn.person.is_trainee else "training.settings.reader"
    words = turn.words(
        key, language=turn.words(f"training.language.{turn.language}"),
        hour=hour_said(turn.person.hour), days=_days_said(turn),
        zone=zone_said(turn.person.zone, turn.language), quiet=quiet.said(turn),
    )  # fmt: skip
    said = f"{news}\n\n{words}" if news else words
    return turn.reply(rich(said), rows)


def _days_said(turn: Turn) -> str:
    if turn.person.calendar:
        return turn.words("training.settings.days.cn")
    key = "week" if turn.person.days == _DAYS["week"] else "all"
    return turn.words(f"training.settings.days.{key}")


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    key, _, value = rest.partition(".")
    if value:
        yield from _set(turn, key, value)
    elif key == "language":
        row = tuple(Button(say(f"training.language.{one}", one), f"p.language.{one}")
                    for one in LANGUAGES)  # fmt: skip
        yield turn.reply(rich(turn.words("training.settings.language.ask")), (row,))
    elif key == "hour":
        turn.state["awaits"] = "settings.hour"
        yield turn.reply(rich(turn.words("training.settings.hour.ask")), hours("p.hour"))
    elif key == "zone":
        turn.state["awaits"] = "settings.zone"
        rows = [Button(zone_said(zone, turn.language), f"p.zone.{zone}") for zone in ZONES]
        grid = tuple(tuple(rows[at : at + 3]) for at in range(0, len(rows), 3))
        yield turn.reply(rich(turn.words("training.settings.zone.ask")), grid)
    elif key == "days":
        grid = tuple((turn.button(f"training.settings.days.{one}", f"p.days.{one}"),)
                     for one in _DAYS)  # fmt: skip
        yield turn.reply(rich(turn.words("training.settings.days.ask")), grid)
    elif key == "quiet":
        turn.state["awaits"] = "settings.quiet"
        yield turn.reply(rich(turn.words("training.settings.quiet.ask")), quiet.choices(turn))


def written(turn: Turn) -> Iterator[Reply] | None:
    """A value that was written where it could have been tapped; None for a question in between."""
    said = turn.message.text.strip()
    key = turn.state["awaits"].removeprefix("settings.")
    value = _value(key, said)
    if value is not None:
        return _set(turn, key, value)
    return None if asks(said) else iter([turn.told(_BAD[key])])


_BAD: Final = {
    "hour": "training.join.hour.bad", "zone": "training.settings.zone.bad",
    "quiet": "training.settings.quiet.bad",
}  # fmt: skip


def _value(key: str, said: str) -> str | None:
    """What was written as a button would hold it."""
    if key == "zone":
        return zone_named(said)
    if key == "quiet":
        found = quiet.written(said)
        return None if found is None else quiet.as_value(found)
    minute = minute_in(said)
    return None if minute is None else str(minute)


def _set(turn: Turn, key: str, value: str) -> Iterator[Reply]:
    turn.state.pop("awaits", None)
    values = _values(turn, key, value)
    if values is None:
        yield turn.gone()
        return
    turn.person = turn.training.people.change(turn.person.id, **values)
    yield _panel(turn, quiet.news(turn) if key == "quiet" else turn.words("training.settings.done"))


def _values(turn: Turn, key: str, value: str) -> dict[str, Any] | None:
    """What is to be changed; None when a button holds what is none."""
    if key == "language" and value in LANGUAGES:
        return {"language": value}
    if key == "hour" and value.isdecimal() and int(value) < 24 * 60:
        now = (turn.person.quiet_from, turn.person.quiet_until)
        return {"hour": int(value), **quiet.apart_from(int(value), now)}
    if key == "zone" and zone_named(value) == value:
        return {"zone": value}
    if key == "days" and value in _DAYS:
        return {"days": _DAYS[value], "calendar": "cn" if value == "cn" else ""}
    found = quiet.from_value(value) if key == "quiet" else None
    return found and {"quiet_from": found[0], "quiet_until": found[1]}


def language(turn: Turn, rest: str) -> Iterator[Reply]:
    """`/language`, `/language en`."""
    wanted = {"中文": "zh", "英文": "en", "english": "en", "chinese": "zh"}.get(rest.lower(), rest)
    if wanted not in LANGUAGES:
        yield from tapped(turn, "language")
        return
    turn.person = turn.training.people.change(turn.person.id, language=wanted)
    yield turn.told("language.set")


def _not_joined(turn: Turn) -> Reply:
    return turn.told("training.needs_join", (turn.button("training.begin", "j.start"),))


def pause(turn: Turn, _rest: str) -> Iterator[Reply]:
    if not turn.person.is_trainee:
        yield _not_joined(turn)
        return
    turn.person = turn.training.people.change(turn.person.id, is_paused=True)
    yield turn.told("training.paused", (turn.button("chat.resume", "t.resume"),))


def away(turn: Turn, _rest: str) -> Iterator[Reply]:
    """A week of peace that ends by itself."""
    if not turn.person.is_trainee:
        yield _not_joined(turn)
        return
    until = turn.training.coaching.today(turn.person) + _AWAY
    turn.person = turn.training.people.change(turn.person.id, paused_until=until)
    words = turn.words("training.due.away.done")
    yield turn.reply(rich(words), ((turn.button("chat.resume", "t.resume"),),))


def resume(turn: Turn, _rest: str) -> Iterator[Reply]:
    if not turn.person.is_trainee:
        yield _not_joined(turn)
        return
    turn.person = turn.training.people.change(
        turn.person.id, is_paused=False, paused_until=None, resumed_at=turn.app.clock()
    )
    begin = (turn.button("training.begin", "t.today"),)
    yield turn.told("training.resumed", begin, hour=hour_said(turn.person.hour))


COMMANDS: Final = (
    Command("settings", settings, ("设置", "settings"), is_personal=True),
    Command("language", language, ("语言", "language")),
    Command("pause", pause, ("暂停", "pause", "停发", "stop"), is_personal=True),
    Command("away", away, ("这周出差", "我这周出差"), is_personal=True),
    Command("resume", resume, ("恢复", "resume", "回来"), is_personal=True),
)
