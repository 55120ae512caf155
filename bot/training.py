"""Training as the channels use it: people, the shelf of modules, enrolling, coaching."""

from dataclasses import dataclass, field

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
    approved: Approved
    enrolling: Enrolling
    coaching: Coaching
    wishes: Wishes


@dataclass
class Quotes:
    """Whether a quote stands in a document as it is today; each version is read once for it."""

    app: App
    known: dict[tuple[str, str], bool] = field(default_factory=dict)

    def stand(self, document: str, quote: str) -> bool:
        """Through the turn of answering, because other threads read the same library."""
        app = self.app
        version = app.library.version_of(document) or ""
        key = (version, quote)
        if key not in self.known:
            with app.quoting.turn:
                self.known[key] = app.library.place_of(document, quote) is not None
        return self.known[key]


def open_training(app: App) -> Training:
    settings = app.settings
    shelf = Shelf.open(settings.home / "modules")
    approved = Approved(shelf, app.sessions, Quotes(app).stand)
    return Training(
        People(app.sessions, app.clock, settings.language, settings.timezone),
        shelf,
        approved,
        Enrolling(app.sessions, app.clock),
        Coaching(app.sessions, app.clock, approved),
        Wishes(app.sessions, app.clock, shelf),
    )
