"""Looking over everything that LibCoach stands on, one finding for each part."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.wiring import App, open_app
from foundation.errors import AppError
from foundation.telling import told
from foundation.wording import say
from knowledge.checking import compare
from retrieval import calibrating
from retrieval.bridging import FILE
from retrieval.cards import check_cards, load_cards, load_own_cards
from retrieval.thesaurus import check_thesaurus


@dataclass(frozen=True, slots=True)
class Finding:
    """One part, whether it is in order, and a sentence about it."""

    what: str
    ok: bool
    says: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def diagnose() -> list[Finding]:
    """Every part is looked at, also when one before it is broken."""
    try:
        app = open_app()
    except AppError as error:
        return [Finding("start", ok=False, says=str(error))]
    checks: tuple[tuple[str, Callable[[App], Finding]], ...] = (
        ("database", _database),
        ("index", _index),
        ("cards", _cards),
        ("thesaurus", _thesaurus),
        ("answers", _answers),
        ("log", _log),
    )
    return [_guarded(what, check, app) for what, check in checks]


def _guarded(what: str, check: Callable[[App], Finding], app: App) -> Finding:
    try:
        return check(app)
    except AppError as error:
        return Finding(what, ok=False, says=told(str(error), app.settings.language))


def _say(app: App, key: str, **values: object) -> str:
    return say(f"doctor.{key}", app.settings.language, **values)


def _wrong(app: App, problems: Sequence[object]) -> str:
    return _say(app, "cards.wrong", number=len(problems), first=problems[0])


def _database(app: App) -> Finding:
    shown = app.engine.url.render_as_string(hide_password=True)
    return Finding("database", ok=True, says=_say(app, "database", place=shown))


def _index(app: App) -> Finding:
    found = compare(app.sessions, app.index)
    if found.is_whole:
        return Finding("index", ok=True, says=_say(app, "index", number=found.documents))
    says = _say(app, "index.missing", number=len(found.missing))
    return Finding("index", ok=False, says=says)


def _cards(app: App) -> Finding:
    library = app.library
    readings = {record.id: library.reading(key) for key, record in library.records.items()}
    own = load_own_cards(app.settings.home / "cards")
    cards = [card for card in [*load_cards(), *own] if card.document in readings]
    problems = check_cards(cards, readings)
    if problems:
        return Finding("cards", ok=False, says=_wrong(app, problems))
    return Finding("cards", ok=True, says=_say(app, "cards", number=len(cards)))


def _thesaurus(app: App) -> Finding:
    problems = check_thesaurus(FILE)
    if problems:
        return Finding("thesaurus", ok=False, says=_wrong(app, problems))
    return Finding("thesaurus", ok=True, says=_say(app, "thesaurus"))


def _answers(app: App) -> Finding:
    """The threshold as a sentence; found anew when the documents have changed."""
    searching = app.quoting.searching
    kept = calibrating.load(app.calibration_file, searching)
    if kept is None:
        kept = calibrating.calibrate(searching, app.quoting.thesaurus)
        calibrating.save(kept, app.calibration_file)
    return Finding("answers", ok=True, says=kept.sentence(app.settings.language))


def _log(app: App) -> Finding:
    """The outcome log, every line of it: nothing changed, removed, put in, moved or cut off."""
    from training_modules.log import verify

    verified = verify(app.sessions)
    return Finding("log", ok=verified.is_whole, says=verified.sentence(app.settings.language))
