"""`libcoach run` and `libcoach chat`: the assistant itself."""

from datetime import datetime, timedelta

import click


@click.command()
def run() -> None:
    """Start everything that is configured; without a Telegram token, a chat in the terminal."""
    from bot.wiring import settings_from

    if settings_from().telegram_token is None:
        _talk("reader", admin=True)
        return
    from bot.serving import serve
    from bot.wiring import open_app

    serve(open_app(tell=_tell), _tell)


@click.command()
@click.option("--as", "name", default="reader", show_default=True, metavar="NAME",
              help="Who is talking; each name has its own conversation.")  # fmt: skip
@click.option("--admin", is_flag=True, help="With the rights of an administrator.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="As if it were that day, to rehearse what comes later.")  # fmt: skip
def chat(*, name: str, admin: bool, day: datetime | None) -> None:
    """Chat with the assistant; reads lines from standard input when it is no terminal."""
    _talk(name, admin=admin, day=day)


def _talk(name: str, *, admin: bool, day: datetime | None = None) -> None:
    from bot.assistant import Assistant
    from bot.catching_up import catch_up_beside
    from bot.terminal import CHANNEL, talk
    from bot.wiring import open_app
    from foundation.clock import ShiftedClock, system_clock

    by = timedelta(days=(day.date() - system_clock().date()).days) if day else timedelta()
    app = open_app(clock=ShiftedClock(by) if by else system_clock, tell=_tell)
    admins = frozenset({(CHANNEL, name)} if admin else ())
    catch_up_beside(app)
    talk(Assistant(app, admins, shows_pictures=False), name=name)


def _tell(news: str) -> None:
    click.echo(news, err=True)
