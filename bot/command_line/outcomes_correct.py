"""`libcoach outcomes correct`: an event is taken back by a new line of the outcome log."""

import click

from bot.command_line.printing import print_json


@click.command()
@click.argument("event")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: event, corrected.")
def correct(*, event: str, as_json: bool) -> None:
    """Take the event with the id EVENT back; it then counts nowhere.

    Its id stands in the column “event” of an export. The line stays, and so does the correction.
    """
    from bot.wiring import open_app
    from foundation.wording import say
    from training_modules import auditing, log

    app = open_app()
    with app.sessions.begin() as session:
        is_new = log.correct(session, event, app.clock())
    if is_new:
        auditing.note(app.sessions, app.clock, "command line", "correct", event, 1)
    if as_json:
        print_json({"event": event, "corrected": is_new})
    else:
        key = "outcomes.corrected" if is_new else "outcomes.corrected.before"
        click.echo(say(key, app.settings.language))
