"""Certificates: the file at the end of a track, and whether a code is genuine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.chat.times import day_said
from bot.chat.turn import Command, Turn
from bot.speech import Reply
from training_modules.enrolling import Enrolment
from training_modules.module import Module
from training_modules.zones import place


def certificate_file(turn: Turn, enrolment: Enrolment, title: str) -> tuple[Path, ...]:
    """The certificate as a PDF; it shows the name its person goes by here."""
    from training_modules.charts import Award, certificate

    if enrolment.certificate is None or enrolment.completed_at is None:
        return ()
    folder = turn.app.settings.home / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"certificate-{enrolment.certificate}.pdf"
    modules = _modules(turn, enrolment)
    finished = enrolment.completed_at.astimezone(place(turn.person.zone)).date()
    award = Award(
        turn.person.name or turn.person.address, title, finished,
        sum(module.minutes for module in modules), len(modules), enrolment.certificate,
    )  # fmt: skip
    path.write_bytes(certificate(award, turn.language))
    return (path,)


def _modules(turn: Turn, enrolment: Enrolment) -> list[Module]:
    track = turn.training.shelf.track(enrolment.track)
    return turn.training.coaching.modules(track) if track else []


def verify(turn: Turn, rest: str) -> Iterator[Reply]:
    found = turn.training.enrolling.certified(rest) if rest else None
    if found is None or found.completed_at is None:
        yield turn.told("training.certificate.unknown")
        return
    track = turn.training.shelf.track(found.track)
    day = found.completed_at.astimezone(turn.app.settings.zone).date()
    yield turn.told(
        "training.certificate.valid", code=found.certificate or "",
        day=day_said(day, turn.language),
        track=track.title.of(turn.language) if track else found.track,
    )  # fmt: skip


COMMANDS: Final = (Command("verify", verify, ("核验", "verify")),)
