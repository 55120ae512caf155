"""Rehearsing: a home of its own full of simulated people, never among real ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from foundation.database import open_engine, open_sessions
from foundation.errors import AppError
from foundation.migrating import migrate
from training_modules.module import Status
from training_modules.rows import EventRow, PersonRow
from training_modules.shelf import Shelf
from training_modules.simulation import Course, Simulation, simulate

# So long ago the first cohort begins that the second one has been asked a month later.
_AGO: Final = timedelta(days=300)


def rehearse(home: Path, shelf: Shelf, *, people: int, seed: int, zone: str, now: datetime) -> int:
    """Simulate people in a home; answers how many events they left."""
    chosen = courses(shelf)
    if not chosen:
        raise AppError("There is no track with modules to rehearse; add modules first.")
    engine = open_engine(f"sqlite:///{home / 'libcoach.db'}")
    try:
        migrate(engine, now)
        sessions = open_sessions(engine)
        with sessions() as session:
            _refuse_people(session, home)
        begin = (now - _AGO).astimezone(ZoneInfo(zone)).date()
        wanted = Simulation(people, seed, begin, zone, ("演示一班", "演示二班"))
        return simulate(sessions, chosen, wanted)
    finally:
        engine.dispose()


def courses(shelf: Shelf) -> Sequence[Course]:
    """Every track of the shelf with its modules; those that were retired are left out."""
    found = []
    for track in shelf.tracks():
        named = [shelf.module(name) for name in track.modules]
        modules = tuple(m for m in named if m is not None and m.status is not Status.RETIRED)
        if modules:
            found.append(Course(track, modules))
    return found


def _refuse_people(session: Session, home: Path) -> None:
    if session.scalar(select(exists().where(PersonRow.channel != "rehearsal"))):
        raise AppError(f"There are real people in {home}; rehearse in another home (--home).")
    if session.scalar(select(exists().where(EventRow.number > 0))):
        raise AppError(f"{home} has been rehearsed in already; name an empty one (--home).")
