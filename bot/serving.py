"""Serving: the assistant on Telegram and its schedule, until somebody stops it."""

from collections.abc import Callable

from bot.assistant import Assistant
from bot.catching_up import catch_up_beside
from bot.scheduling import open_scheduling, records_sender
from bot.speech import Address
from bot.telegram.port import Standing
from bot.telegram.receiving import CHANNEL
from bot.telegram.running import TelegramChannel, run_until_stopped
from bot.wiring import App
from scheduler.ticking import start


def serve(app: App, tell: Callable[[str], None]) -> None:
    """In this thread; updates and the schedule have threads of their own."""
    named = frozenset((CHANNEL, str(admin)) for admin in app.settings.admins)
    assistant = Assistant(app, named)
    channel = TelegramChannel(
        app.settings, assistant, app.sessions, app.clock, standing_of(assistant), tell
    )
    scheduling = open_scheduling(
        app, assistant.training, channel.deliver, records_sender(app, assistant.training),
        assistant.courtesy,
    )  # fmt: skip
    ticking = start(scheduling)
    channel.before_closing = ticking.stop
    behind = catch_up_beside(app)
    try:
        run_until_stopped(channel)
    finally:
        behind.set()
        ticking.stop()


def standing_of(assistant: Assistant) -> Callable[[Address], Standing | None]:
    """What somebody's menu shows: their role and language, when we have met."""

    def found(address: Address) -> Standing | None:
        person = assistant.training.people.find(address.channel, address.id)
        if person is None:
            return None
        if assistant.is_admin(person):
            return Standing("administrator", person.language)
        return Standing("trainee" if person.is_trainee else "reader", person.language)

    return found
