"""Progress: how far somebody is, what they master, what comes next, in words and a picture."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.chat.ending import what_next
from bot.chat.rich import rich
from bot.chat.turn import Command, Turn
from bot.speech import Reply
from training_modules.enrolling import Enrolment
from training_modules.next_up import Offer
from training_modules.records import Mastery, days_of_learning, mastery

_BAR: Final = 10
_MOST: Final = 8


def progress(turn: Turn, _rest: str) -> Iterator[Reply]:
    enrolment = turn.training.enrolling.current(turn.person)
    if enrolment is None:
        yield turn.told("training.needs_join", (turn.button("training.begin", "j.start"),))
        return
    mastered = mastery(turn.app.sessions, turn.person.pseudonym, turn.training.shelf.module)
    lines = [_head(turn, enrolment)]
    if mastered:
        lines.append("\n" + turn.words("training.progress.mastery"))
        lines += [_line(turn, one) for one in mastered[:_MOST]]
    else:
        lines.append(turn.words("training.progress.nothing_yet"))
    offer = turn.training.coaching.offer(turn.person, enrolment)
    lines += ["", *_days(turn), *_next(turn, enrolment, offer)]
    buttons = ((turn.button("training.begin", "t.today"),),) if offer.kind else ()
    yield Reply(rich("\n".join(lines)), buttons, picture=_picture(turn, mastered))


def _head(turn: Turn, enrolment: Enrolment) -> str:
    track = turn.training.shelf.track(enrolment.track)
    with turn.app.sessions() as session:
        standing = turn.training.coaching.standing(session, turn.person, enrolment)
    title = track.title.of(turn.language) if track else enrolment.track
    every = len(standing.modules)
    return turn.words("training.progress.head", track=title, done=every - len(standing.left),
                      all=every)  # fmt: skip


def _line(turn: Turn, one: Mastery) -> str:
    filled = round(one.share * _BAR)
    bar = "█" * filled + "░" * (_BAR - filled)
    return f"{bar} {one.share:.0%} {turn.words('competency.' + one.competency)}"


def _days(turn: Turn) -> list[str]:
    today = turn.training.coaching.today(turn.person)
    days = days_of_learning(turn.app.sessions, turn.person.pseudonym, turn.person.zone, today)
    return [turn.words("training.progress.streak", days=days)]


def _next(turn: Turn, enrolment: Enrolment, offer: Offer) -> list[str]:
    coaching = turn.training.coaching
    lines = []
    with turn.app.sessions() as session:
        due = coaching.standing(session, turn.person, enrolment).reviews_due
    if due:
        lines.append(turn.words("training.progress.due", due=due))
    return [*lines, what_next(turn, enrolment, offer)]


def _picture(turn: Turn, mastered: list[Mastery]) -> Path | None:
    """Drawn for channels that show pictures; the words say the same."""
    if not mastered or not turn.shows_pictures:
        return None
    from training_modules.charts import Bar, progress_picture

    folder = turn.app.settings.home / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"progress-{turn.person.id}.png"
    bars = [
        Bar(turn.words("competency." + one.competency), one.share, one.answers) for one in mastered
    ]
    path.write_bytes(progress_picture(bars, turn.language))
    return path


COMMANDS: Final = (Command("progress", progress, ("进度", "progress"), is_personal=True),)
