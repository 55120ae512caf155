"""Endings: what is said when a sitting is over, and when nothing is due."""

from collections.abc import Iterator

from bot.chat.certificates import certificate_file
from bot.chat.rich import rich
from bot.chat.turn import Turn
from bot.speech import Button, Reply
from foundation.wording import say
from training_modules.enrolling import Enrolment
from training_modules.next_up import Offer
from training_modules.open_sitting import Open
from training_modules.records import mean_scores
from training_modules.sitting import Kind


def ended(turn: Turn, found: Open) -> Iterator[Reply]:
    """One friendly word, what comes next, and at the end of a track its certificate."""
    enrolment = turn.training.enrolling.by_id(found.enrolment)
    if enrolment is None:
        return
    offer = turn.training.coaching.offer(turn.person, enrolment)
    if found.kind is Kind.POSTTEST:
        yield _finished(turn, enrolment)
        return
    module = turn.training.shelf.module(found.module)
    title = module.title.of(turn.language) if module else ""
    words = turn.words(f"training.over.{found.kind}", title=title)
    if found.kind in (Kind.MODULE, Kind.REVIEW):
        words += "\n" + what_next(turn, enrolment, offer)
    yield turn.reply(rich(words), (_buttons(turn, found.kind, offer),))


def nothing_due(turn: Turn, enrolment: Enrolment) -> Iterator[Reply]:
    coaching = turn.training.coaching
    offer = coaching.offer(turn.person, enrolment)
    further = coaching.offer(turn.person, enrolment, more=True)
    buttons = (turn.button("training.over.module.more", "t.more"),) if further.module else ()
    words = turn.words("training.over.none", next=what_next(turn, enrolment, offer))
    yield turn.reply(rich(words), (buttons,) if buttons else ())


def what_next(turn: Turn, enrolment: Enrolment, offer: Offer) -> str:
    """What a person may look forward to."""
    if offer.kind is not None:
        title = ""
        if offer.module:
            module = turn.training.shelf.module(offer.module)
            title = module.title.of(turn.language) if module else ""
        what = turn.words(f"training.next.{offer.kind}", title=title)
        return turn.words("training.progress.next", what=what)
    if enrolment.completed_at is not None:
        return turn.words("training.over.next_track")
    return turn.words("training.over.tomorrow")


def _buttons(turn: Turn, kind: Kind, offer: Offer) -> tuple[Button, ...]:
    buttons = [turn.button("chat.progress", "t.progress")]
    if kind is Kind.MODULE and offer.kind in (None, Kind.REVIEW):
        buttons.insert(0, turn.button("training.over.module.more", "t.more"))
    elif offer.kind is not None:
        buttons.insert(0, turn.button("training.begin", "t.today"))
    return tuple(buttons)


def _finished(turn: Turn, enrolment: Enrolment) -> Reply:
    track = turn.training.shelf.track(enrolment.track)
    title = track.title.of(turn.language) if track else enrolment.track
    scores = mean_scores(turn.app.sessions, enrolment.id)
    before = ""
    if "pre" in scores and "post" in scores:
        pre, post = (f"{round(scores[phase] * 100)}%" for phase in ("pre", "post"))
        before = say("training.over.change", turn.language, pre=pre, post=post) + "\n"
    words = turn.words(
        "training.over.posttest", track=title, before=before, code=enrolment.certificate or ""
    )
    files = certificate_file(turn, enrolment, title)
    return Reply(rich(words), files=files, replaces=bool(turn.message.action))
