"""`libcoach run` and `libcoach chat`: the assistant itself."""

import click


@click.command()
def run() -> None:
    """Start everything that is configured; without a Telegram token, a chat in the terminal."""
    from bot.terminal import talk
    from bot.wiring import open_app

    talk(open_app(tell=_tell), name="reader", is_admin=True)


@click.command()
@click.option("--as", "name", default="reader", show_default=True, metavar="NAME",
              help="Who is talking; each name has its own conversation.")  # fmt: skip
@click.option("--admin", is_flag=True, help="With the rights of an administrator.")
def chat(*, name: str, admin: bool) -> None:
    """Chat with the assistant; reads lines from standard input when it is no terminal."""
    from bot.terminal import talk
    from bot.wiring import open_app

    talk(open_app(tell=_tell), name=name, is_admin=admin)


def _tell(news: str) -> None:
    click.echo(news, err=True)
