"""The schedule, wired: who learns out of the database, and a channel that brings what is due."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.speech import Address, Reply
from bot.training import Training
from bot.wiring import App
from foundation import logs
from foundation.errors import DeliveryFailed
from knowledge.checking import compare
from scheduler.chores import House
from scheduler.courtesy import Courtesy
from scheduler.delivery import Delivery
from scheduler.housekeeping import Chore
from scheduler.learner import Courier, NothingToSay
from scheduler.roster import SqlRoster
from scheduler.scheduling import Scheduling
from training_modules.people import Person

Send = Callable[[Address, Reply], str]
# Small, so that whoever asks a question waits for no more than a few milliseconds of planning.
_PAGE: Final = 200
# Where something can be said to people who did not just say something themselves.
CHANNELS: Final = ("telegram",)


@dataclass(frozen=True)
class ChannelCourier:
    """Says what a delivery says, over a channel that answers the id of its message."""

    app: App
    training: Training
    send: Send

    def deliver(self, delivery: Delivery) -> str:
        person = self.training.people.by_id(delivery.person)
        if person is None:
            raise DeliveryFailed("This person is not there any more.", permanent=True)
        reply = self._composed(person, delivery)
        if reply is None:
            raise NothingToSay
        return self.send(Address(person.channel, person.address), reply)

    def _composed(self, person: Person, delivery: Delivery) -> Reply | None:
        from bot.chat.deliveries import composed

        try:
            return composed(self.app, self.training, person, delivery)
        except NothingToSay:
            raise
        except Exception as error:
            # Nothing of it can have arrived, so that it is no matter of doubt.
            logs.failed("delivery not composed", error, delivery=delivery.id)
            raise DeliveryFailed(
                "The message could not be put together.", permanent=False
            ) from error


def roster_of(app: App, training: Training) -> SqlRoster:
    named = [("telegram", str(admin)) for admin in app.settings.admins]
    return SqlRoster(app.sessions, training.coaching.shelf, CHANNELS, _PAGE, named)


def chores_of(app: App, send_records: Callable[[], int] | None = None) -> tuple[Chore, ...]:
    """`send_records` hands events to a learning record store, where one is set."""

    def check_index() -> str:
        found = compare(app.sessions, app.index)
        return "whole" if found.is_whole else f"failed: {len(found.missing)} documents missing"

    house = House(
        app.sessions, app.engine, app.clock, app.settings.home / "backups", check_index,
        send_records,
    )  # fmt: skip
    return house.chores()


def open_scheduling(
    app: App,
    training: Training,
    send: Send | None,
    send_records: Callable[[], int] | None = None,
    courtesy: Courtesy | None = None,
) -> Scheduling:
    """The schedule of this process; without `send` it plans and keeps house, and brings nothing.

    Planning gives way while something is done `with courtesy.answering()`.
    """
    courier: Courier | None = ChannelCourier(app, training, send) if send else None
    return Scheduling(
        app.sessions, roster_of(app, training), courier, app.clock,
        chores=chores_of(app, send_records), courtesy=courtesy or Courtesy(),
    )  # fmt: skip


def records_sender(app: App, training: Training) -> Callable[[], int] | None:
    """Hands events to the learning record store that the settings name; None without one."""
    settings = app.settings
    if settings.lrs_url is None:
        return None
    from training_modules.lrs import HttpStore
    from training_modules.outbox import Outbox
    from training_modules.xapi.statement import Statements

    store = HttpStore(settings.lrs_url, settings.lrs_key, settings.lrs_secret)
    outbox = Outbox(app.sessions, app.clock, store, Statements(training.shelf.module))
    return lambda: outbox.send().sent
