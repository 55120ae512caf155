"""What `libcoach schedule tick`, `housekeeping` and `restore` do."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from bot.scheduling import Send, chores_of, open_scheduling, records_sender
from bot.training import open_training
from bot.wiring import open_app, settings_from
from foundation.clock import system_clock
from foundation.database import open_engine
from foundation.errors import AppError
from foundation.settings import Settings
from foundation.wording import say
from scheduler import backup, looking, retention
from scheduler.delivery import State
from scheduler.housekeeping import said_by
from scheduler.scheduling import Beat

_BECAME: Final = (State.SENT, State.FAILED, State.UNKNOWN, State.CANCELLED, State.EXPIRED)


@dataclass(frozen=True)
class Ticked:
    """What one beat did; `trouble` says why nothing could be sent though a channel is set up."""

    beat: Beat
    waiting: int
    language: str
    has_channel: bool
    trouble: AppError | None

    def as_json(self) -> dict[str, Any]:
        sent = {str(state): self.beat.delivered[state] for state in _BECAME}
        return {
            "planned": self.beat.planned, "paused": self.beat.paused, **sent,
            "waiting": self.waiting, "chores": list(self.beat.chores),
            "channel": "telegram" if self.has_channel else None,
        }  # fmt: skip


def ticked(seconds: float) -> Ticked:
    """One beat; it brings something only where a channel is set up that can."""
    app = open_app()
    training = open_training(app)
    with ExitStack() as opened:
        send, trouble = _way_out(app.settings, opened)
        scheduling = open_scheduling(app, training, send, records_sender(app, training))
        try:
            beat = scheduling.tick(seconds)
        finally:
            scheduling.close()
    with app.sessions() as session:
        waiting = looking.waiting(session, app.clock())
    has_channel = app.settings.telegram_token is not None
    return Ticked(beat, waiting, app.settings.language, has_channel, trouble)


def _way_out(settings: Settings, opened: ExitStack) -> tuple[Send | None, AppError | None]:
    """A way to people while `opened` lasts; planning and housekeeping are done without one too."""
    if settings.telegram_token is None:
        return None, None
    from bot.telegram.one_way import one_way

    try:
        return opened.enter_context(one_way(settings)), None
    except AppError as error:
        return None, error


def print_ticked(found: Ticked) -> None:
    said, language = found.as_json(), found.language
    said["dropped"] = said["cancelled"] + said["expired"]
    click.echo(say("schedule.tick.done", language, **said))
    if said["chores"]:
        click.echo(say("schedule.tick.chores", language, names=", ".join(said["chores"])))
    if not found.has_channel:
        click.echo(say("schedule.tick.silent", language))
    if said["failed"] or said["unknown"]:
        click.echo(say("schedule.tick.look", language))


def would_erase() -> list[dict[str, Any]]:
    import bot.rows  # noqa: F401 - conversations are personal data too

    app = open_app()
    with app.sessions() as session:
        found = retention.overdue(session, app.clock())
    return [
        {
            "what": one.what, "rows": one.rows, "kept_for_days": one.kept_for,
            "oldest": one.oldest.isoformat() if one.oldest else None,
        }
        for one in found
    ]  # fmt: skip


def print_overdue(found: list[dict[str, Any]]) -> None:
    language = settings_from().language
    click.echo(say("schedule.retention.head", language))
    for one in found:
        oldest = f" ({one['oldest'][:10]})" if one["oldest"] else ""
        click.echo(f"{one['rows']:>7}  {one['what']} > {one['kept_for_days']} d{oldest}")


def kept_house() -> dict[str, str]:
    import bot.rows  # noqa: F401 - conversations are personal data too

    return {chore.name: said_by(chore) for chore in chores_of(open_app())}


def known_backups() -> list[dict[str, str]]:
    folder = settings_from().home / "backups"
    return [
        {"path": str(one.path), "made_at": one.made_at.isoformat()}
        for one in backup.backups(folder)
    ]


def put_back(path: Path) -> dict[str, str | None]:
    """Without opening the database as the program does: it may be the damaged one."""
    engine = open_engine(settings_from().database)
    if engine.url.get_backend_name() != "sqlite" or not engine.url.database:
        raise AppError("Put a dump of PostgreSQL back with pg_restore --clean --if-exists.")
    database = Path(engine.url.database)
    engine.dispose()
    if not path.is_file():
        raise AppError(f"There is no file {path}.")
    aside = backup.restore(path, database, system_clock())
    return {
        "database": str(database), "backup": str(path), "before": str(aside) if aside else None
    }  # fmt: skip
