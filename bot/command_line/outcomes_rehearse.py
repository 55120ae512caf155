"""`libcoach outcomes rehearse`: a home of its own with simulated people, for demonstrations."""

from pathlib import Path

import click

from bot.command_line.printing import print_json


@click.command()
@click.option("--people", type=click.IntRange(1, 20_000), default=200, show_default=True,
              help="How many.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True,
              help="The same seed makes the same people.")  # fmt: skip
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
              help="The home for them; by default “rehearsal” in your own.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def rehearse(*, people: int, seed: int, home: Path | None, as_json: bool) -> None:
    """Fill a separate home with people who never were; a home with real people is refused.

    \b
    Example:
      libcoach outcomes rehearse --people 200 --home demo
      LIBCOACH_HOME=demo libcoach outcomes report --out demo.html
    """
    from bot.wiring import settings_from
    from foundation.clock import system_clock
    from foundation.wording import say
    from training_modules.rehearsing import rehearse as fill
    from training_modules.shelf import Shelf

    settings = settings_from()
    place = home or settings.home / "rehearsal"
    shelf = Shelf.open(settings.home / "modules")
    events = fill(
        place, shelf, people=people, seed=seed, zone=settings.timezone, now=system_clock()
    )
    if as_json:
        print_json({"home": str(place), "people": people, "events": events})
        return
    said = {"home": place, "people": people, "events": f"{events:,}"}
    click.echo(say("report.rehearsed", settings.language, **said))
