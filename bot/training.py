"""Training as the channels use it: people, the shelf of modules, enrolling, coaching."""

from dataclasses import dataclass

from bot.wiring import App
from training_modules.approving import Approved
from training_modules.coaching import Coaching
from training_modules.enrolling import Enrolling
from training_modules.people import People
from training_modules.shelf import Shelf
from training_modules.wishes import Wishes


@dataclass(frozen=True)
class Training:
    people: People
    shelf: Shelf
    enrolling: Enrolling
    coaching: Coaching
    wishes: Wishes


def open_training(app: App) -> Training:
    settings = app.settings
    shelf = Shelf.open(settings.home / "modules")
    deliverable = Approved(shelf, app.sessions)
    return Training(
        People(app.sessions, app.clock, settings.language, settings.timezone),
        shelf,
        Enrolling(app.sessions, app.clock),
        Coaching(app.sessions, app.clock, deliverable),
        Wishes(app.sessions, app.clock, shelf),
    )
