"""Joining: a track or a cohort's code, three questions, consent; nothing is kept before it."""

from collections.abc import Iterator
from typing import Any, Final

from bot.chat.quiet import apart_from
from bot.chat.rich import rich
from bot.chat.times import asks, hour_said, minute_in
from bot.chat.turn import Command, Turn
from bot.chat.zones import zone_said
from bot.speech import Button, Reply
from training_modules.module import Track
from training_modules.people import CONSENT

POSTS: Final = ("frontline", "specialist", "emerging", "head", "director", "student")
HOURS: Final = (450, 480, 720, 780, 1080, 1230)
_ROW: Final = 3
_ORDER: Final = (
    "values-and-ethics", "standards-and-quality", "professional-practice",
    "leading-and-advocacy", "learning-libraries",
)  # fmt: skip


def join(turn: Turn, rest: str) -> Iterator[Reply]:
    """`/join` or `/join CODE`."""
    cohort = turn.training.enrolling.cohort(rest) if rest else None
    if rest and cohort is None:
        yield turn.told("training.join.no_code")
        return
    if cohort is not None:
        yield from _about(turn, cohort.track, cohort.name)
        return
    yield from _which(turn)


def _which(turn: Turn) -> Iterator[Reply]:
    """The tracks there are; who has only one to choose from is not asked."""
    taken = {one.track for one in turn.training.enrolling.of(turn.person)}
    tracks = [track for track in _tracks(turn) if track.id not in taken]
    if not tracks:
        current = turn.training.enrolling.current(turn.person)
        if current is None:
            yield turn.told("training.join.none")
        else:
            yield turn.told("training.join.already", track=_title(turn, current.track))
        return
    if len(tracks) == 1:
        yield from _about(turn, tracks[0].id)
        return
    rows = tuple(
        (Button(track.title.of(turn.language), f"j.track.{track.id}"),) for track in tracks
    )
    lines = [turn.words("training.join.which"), *(_in_short(turn, track) for track in tracks)]
    yield turn.reply(rich("\n\n".join(lines)), rows)


def _in_short(turn: Turn, track: Track) -> str:
    return turn.words(
        "training.join.which.one", track=track.title.of(turn.language),
        modules=len(turn.training.coaching.modules(track)), about=track.about.of(turn.language),
    )  # fmt: skip


def _tracks(turn: Turn) -> list[Track]:
    """From values to a project of one's own; a library's own tracks come last."""
    coaching = turn.training.coaching
    return [track for track in in_order(turn) if coaching.modules(track)]


def in_order(turn: Turn) -> list[Track]:
    found = turn.training.shelf.tracks()
    return sorted(found, key=lambda t: _ORDER.index(t.id) if t.id in _ORDER else len(_ORDER))


def _about(turn: Turn, track: str, cohort: str | None = None) -> Iterator[Reply]:
    found = turn.training.shelf.track(track)
    mine = {one.track for one in turn.training.enrolling.of(turn.person)}
    if found is None:
        yield turn.told("training.join.none")
        return
    if track in mine:
        if cohort:
            turn.training.enrolling.join(turn.person, track, cohort)
        yield turn.told("training.join.already", track=found.title.of(turn.language))
        return
    turn.state["join"] = {"track": track, "cohort": cohort}
    if turn.person.is_trainee:
        # Who learns already answered the three questions.
        yield from _done(turn, {})
        return
    about = turn.words(
        "training.join.about", track=found.title.of(turn.language),
        modules=len(turn.training.coaching.modules(found)), about=found.about.of(turn.language),
    )  # fmt: skip
    yield turn.reply(rich(about + "\n\n" + turn.words("training.join.post")), _posts(turn))


def _posts(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    return tuple((turn.button(f"training.post.{post}", f"j.post.{post}"),) for post in POSTS)


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    what, _, value = rest.partition(".")
    if what == "start":
        yield from _which(turn)
        return
    if what == "track":
        yield from _about(turn, value)
        return
    joining = turn.state.get("join")
    if joining is None:
        yield turn.gone()
    elif what == "post" and value in POSTS:
        joining["post"], turn.state["awaits"] = value, "join.hour"
        yield turn.reply(rich(turn.words("training.join.hour")), _hours("j.hour"))
    elif what == "hour" and value.isdecimal() and int(value) < 24 * 60:
        yield _consent(turn, joining, int(value))
    elif what == "yes" and {"post", "hour"} <= joining.keys():
        yield from _done(turn, joining)
    elif what == "no":
        turn.state.pop("join", None)
        yield turn.reply(rich(turn.words("training.join.declined")))


def written(turn: Turn) -> Iterator[Reply] | None:
    """An hour that was written instead of tapped; None for a question in between."""
    minute = minute_in(turn.message.text)
    joining = turn.state.get("join")
    if joining is None:
        turn.state.pop("awaits", None)
        return None
    if minute is not None:
        return iter([_consent(turn, joining, minute)])
    return None if asks(turn.message.text) else iter([turn.told("training.join.hour.bad")])


def hours(action: str) -> tuple[tuple[Button, ...], ...]:
    return _hours(action)


def _hours(action: str) -> tuple[tuple[Button, ...], ...]:
    buttons = [Button(hour_said(minute), f"{action}.{minute}") for minute in HOURS]
    return tuple(tuple(buttons[at : at + _ROW]) for at in range(0, len(buttons), _ROW))


def _consent(turn: Turn, joining: dict[str, Any], minute: int) -> Reply:
    joining["hour"] = minute
    turn.state.pop("awaits", None)
    both = (turn.button("training.join.yes", "j.yes"), turn.button("training.join.no", "j.no"))
    return turn.reply(rich(turn.words("training.join.consent")), (both,))


def _done(turn: Turn, joining: dict[str, Any]) -> Iterator[Reply]:
    kept = turn.state.pop("join")
    people = turn.training.people
    if joining:
        turn.person = people.change(
            turn.person.id, post=joining["post"], hour=joining["hour"], consent=CONSENT,
            consent_at=turn.app.clock(), is_emerging_leader=joining["post"] == "emerging",
            is_paused=False, role=_role(turn),
            **apart_from(joining["hour"], (turn.person.quiet_from, turn.person.quiet_until)),
        )  # fmt: skip
    turn.training.enrolling.join(turn.person, kept["track"], kept["cohort"])
    words = turn.words(
        "training.join.done", hour=hour_said(turn.person.hour),
        zone=zone_said(turn.person.zone, turn.language),
    )  # fmt: skip
    yield turn.reply(rich(words), ((turn.button("training.begin", "t.today"),),))


def _role(turn: Turn) -> str:
    """Who is named in the settings is an administrator by them, and only while they say so."""
    return turn.person.role if turn.person.role == "administrator" else "trainee"


def _title(turn: Turn, track: str) -> str:
    found = turn.training.shelf.track(track)
    return found.title.of(turn.language) if found else track


COMMANDS: Final = (Command("join", join, ("加入", "报名"), is_personal=True),)
