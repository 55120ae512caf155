"""Chores: what is done once in a while, by one process, and whose failing stops nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from foundation import logs
from foundation.clock import Clock
from foundation.database import Sessions
from foundation.errors import AppError
from scheduler import duties


@dataclass(frozen=True, slots=True)
class Chore:
    """A piece of housekeeping; `act` does it and says in a few words what came of it."""

    name: str
    every: timedelta
    act: Callable[[], str]


def do_chores(
    chores: Sequence[Chore], sessions: Sessions, clock: Clock, holder: str
) -> tuple[str, ...]:
    """Those whose time has come and that no other process does; answers their names."""
    done = []
    for chore in chores:
        name = f"chore {chore.name}"
        with sessions.begin() as session:
            duty = duties.take(session, name, holder, clock(), chore.every)
        if duty is None:
            continue
        says = said_by(chore)
        with sessions.begin() as session:
            duties.done(session, duty, clock(), says)
        done.append(chore.name)
    return tuple(done)


def said_by(chore: Chore) -> str:
    try:
        return chore.act()
    except AppError as error:
        logs.warn("chore failed", chore=chore.name)
        return f"failed: {error}"
    except Exception as error:  # noqa: BLE001 - one chore must not stop the others
        logs.failed("chore failed", error, chore=chore.name)
        return f"failed: {type(error).__name__}"
