"""What `libcoach schedule tick`, `housekeeping` and `restore` do."""

from pathlib import Path
from typing import Any

import click

from bot.scheduling import chores_of, open_scheduling
from bot.training import open_training
from bot.wiring import open_app, settings_from
from foundation.clock import system_clock
from foundation.database import open_engine
from foundation.errors import AppError
from foundation.wording import say
from scheduler import backup, retention
from scheduler.housekeeping import said_by


def ticked(seconds: float) -> dict[str, Any]:
    """One beat; it brings something only where a channel is set that can."""
    app = open_app()
    scheduling = open_scheduling(app, open_training(app), None)
    try:
        beat = scheduling.tick(seconds)
    finally:
        scheduling.close()
    return {
        "planned": beat.planned, "paused": beat.paused, **beat.delivered,
        "chores": list(beat.chores),
    }  # fmt: skip


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
