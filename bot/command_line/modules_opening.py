"""What commands about modules work with: the app, the shelf, whether a quote stands."""

from dataclasses import dataclass
from pathlib import Path

from bot.wiring import App, open_app
from foundation.errors import InvalidModule
from training_modules.approving import status_of
from training_modules.module import Module, Status
from training_modules.shelf import Shelf


@dataclass(frozen=True)
class Opened:
    app: App
    shelf: Shelf

    @property
    def language(self) -> str:
        return self.app.settings.language

    @property
    def own_folder(self) -> Path:
        return self.app.settings.home / "modules"

    def holds(self, document: str, quote: str) -> bool:
        """The quote stands in one passage of that document, as it is today."""
        return self.app.library.place_of(document, quote) is not None

    def module(self, wanted: str) -> Module:
        found = self.shelf.module(wanted)
        if found is None:
            raise InvalidModule(
                f"There is no module “{wanted}”, or its file has a fault of form;"
                " “libcoach modules list” and “libcoach modules check” say more."
            )
        return found

    def status(self, module: Module) -> Status:
        with self.app.sessions() as session:
            return status_of(session, module)


def opened() -> Opened:
    app = open_app()
    return Opened(app, Shelf.open(app.settings.home / "modules"))
