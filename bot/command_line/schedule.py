"""`libcoach schedule`: list, show, tick, housekeeping, restore."""

from datetime import datetime
from pathlib import Path

import click

from bot.command_line.printing import print_json

_STATES = ("due", "leased", "sending", "sent", "unknown", "failed", "expired", "cancelled")
_as_json = click.option("--json", "as_json", is_flag=True, help="JSON for programs.")


@click.group()
def schedule() -> None:
    """See what is due for whom and why something was not sent; backups and housekeeping."""


@schedule.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(_STATES), help="Of this state.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Of this local day.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="So many.")
@_as_json
def list_(*, states: tuple[str, ...], day: datetime | None, most: int, as_json: bool) -> None:
    """List what is due, was sent or is not sure; then who gets nothing now, and why."""
    from bot.command_line.schedule_showing import listed, print_listed

    found = listed(states, day.date() if day else None, most)
    if as_json:
        print_json(found.as_json())
    else:
        print_listed(found)


@schedule.command()
@click.argument("wanted", metavar="ID")
@_as_json
def show(*, wanted: str, as_json: bool) -> None:
    """Show a delivery, or a person (also by enrolment or address): what they got, what is next."""
    from bot.command_line.schedule_showing import print_shown, shown

    found = shown(wanted)
    if as_json:
        print_json(found.as_json())
    else:
        print_shown(found)


@schedule.command()
@click.option("--seconds", type=click.FloatRange(0), default=15.0, show_default=True,
              help="For how long to send at most.")  # fmt: skip
@_as_json
def tick(*, seconds: float, as_json: bool) -> None:
    """Plan, send over Telegram what is due, keep house; once, and end.

    For cron, where "libcoach run" does not run; "libcoach run" does all this by itself. Without
    a Telegram token it plans and keeps house, and sends nothing.
    """
    from bot.command_line.schedule_acting import print_ticked, ticked

    found = ticked(seconds)
    if as_json:
        print_json(found.as_json())
    else:
        print_ticked(found)
    if found.trouble is not None:
        raise found.trouble


@schedule.command()
@click.option("--dry-run", is_flag=True, help="Only list what would be erased.")
@_as_json
def housekeeping(*, dry_run: bool, as_json: bool) -> None:
    """Back up, erase personal data that is over its time, look at documents and index; now."""
    from bot.command_line.schedule_acting import kept_house, print_overdue, would_erase

    if dry_run:
        found = would_erase()
        if as_json:
            print_json(found)
        else:
            print_overdue(found)
        return
    said = kept_house()
    if as_json:
        print_json(said)
    else:
        click.echo("\n".join(f"{name}: {says}" for name, says in said.items()))
    if any(says.startswith("failed") for says in said.values()):
        raise click.exceptions.Exit(1)


@schedule.command()
@click.argument("backup", type=click.Path(path_type=Path, dir_okay=False), required=False)
@_as_json
def restore(*, backup: Path | None, as_json: bool) -> None:
    """Put a backup in the place of the database; without BACKUP, list those there are.

    Stop LibCoach first. The database that was there is kept beside it.
    """
    from bot.command_line.schedule_acting import known_backups, put_back

    if backup is None:
        found = known_backups()
        if as_json:
            print_json(found)
        else:
            click.echo("\n".join(f"{one['made_at']}  {one['path']}" for one in found))
        return
    said = put_back(backup)
    if as_json:
        print_json(said)
    else:
        click.echo(f"{said['database']} is {said['backup']} now; before: {said['before']}")
