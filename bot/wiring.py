"""The composition root: builds everything from settings, every collaborator a parameter."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from foundation.clock import Clock, system_clock
from foundation.database import Sessions, open_engine, open_sessions
from foundation.logs import set_up_logs
from foundation.migrating import migrate
from foundation.settings import Settings, environment_with_file, read_settings
from foundation.wording import say
from knowledge.adding import Adding, Outcome, Wanted
from knowledge.catalogue import known_ids
from knowledge.founding import founding_documents, founding_ids
from knowledge.readers.dispatch import read
from retrieval import calibrating
from retrieval.admitting import SURENESS_NEEDED
from retrieval.answering import Answering
from retrieval.bridging import shipped_thesaurus
from retrieval.card_index import build_card_index
from retrieval.cards import Card, load_cards, load_own_cards
from retrieval.folding import letters
from retrieval.index import SearchIndex, open_index
from retrieval.library import Library
from retrieval.receipts import Receipts
from retrieval.reranking import CrossEncoding
from retrieval.searching import Searching

if TYPE_CHECKING:
    from retrieval.model_answering import ModelAnswering


@dataclass(frozen=True)
class App:
    """LibCoach, built: what every channel and command works with."""

    settings: Settings
    clock: Clock
    engine: Engine
    sessions: Sessions

    @cached_property
    def index(self) -> SearchIndex:
        return open_index(self.settings)

    @cached_property
    def library(self) -> Library:
        library = Library(self.sessions, self.today())
        library.refresh()
        return library

    @cached_property
    def answering(self) -> "Answering | ModelAnswering":
        return _with_model(self.quoting, self.settings)

    @cached_property
    def quoting(self) -> Answering:
        """Answers out of quotations alone; what a language model's are checked against."""
        cards = build_card_index(self._cards(), self.library)
        model = self.settings.reranker_model
        reranker = CrossEncoding(model) if model else None
        searching = Searching(self.index, cards, self.library, reranker)
        kept = calibrating.load(self.calibration_file, searching)
        needed = kept.sureness_needed if kept else SURENESS_NEEDED
        return Answering(searching, self.library, shipped_thesaurus(), needed)

    @property
    def calibration_file(self) -> Path:
        return self.settings.home / "calibration.json"

    def _cards(self) -> Iterator[Card]:
        yield from load_cards()
        yield from load_own_cards(self.settings.home / "cards")

    def follow_changes(self) -> None:
        """See documents that were added or removed meanwhile, by this process or another."""
        with self.quoting.turn:
            if self.library.follow():
                self.quoting.searching.cards = build_card_index(self._cards(), self.library)

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self.sessions, self.clock)

    def holds_letters(self, document: str, wanted: str) -> bool:
        """Do these letters stand in that document, passage after passage?"""
        version = self.library.version_of(document)
        if version is None or not wanted:
            return False
        passages = self.library.reading(version).passages
        return any(wanted in letters(passage.text) for passage in passages)

    def today(self) -> date:
        return self.clock().astimezone(self.settings.zone).date()


def _with_model(quoting: Answering, settings: Settings) -> "Answering | ModelAnswering":
    """The same answers in a language model's words, where one is set; else nothing of it loads."""
    if not (settings.llm_base_url and settings.llm_model):
        return quoting
    from retrieval.language_model.chat import ChatModel
    from retrieval.model_answering import ModelAnswering

    model = ChatModel(settings.llm_base_url, settings.llm_model, settings.llm_api_key)
    return ModelAnswering(quoting, model, quoting.library)


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    return read_settings(environment_with_file(environment, Path.cwd()))


def open_app(
    settings: Settings | None = None,
    clock: Clock = system_clock,
    tell: Callable[[str], None] | None = None,
) -> App:
    """Open the database, bring it up to date, and see that the founding documents are there.

    `tell` hears of each document that is loaded, which takes a moment on the first start.
    """
    chosen = settings or settings_from()
    set_up_logs(chosen.home)
    engine = open_engine(chosen.database)
    migrate(engine, clock())
    app = App(chosen, clock, engine, open_sessions(engine))
    load_founding(app, tell)
    return app


def load_founding(app: App, tell: Callable[[str], None] | None = None) -> list[Outcome]:
    """Add the founding documents that the catalogue has never seen."""
    with app.sessions() as session:
        there = known_ids(session, founding_ids())
    if len(there) == len(founding_ids()):
        return []
    outcomes: list[Outcome] = []
    for founding in founding_documents():
        if founding.document in there:
            continue
        if tell is not None:
            title = founding.facts.title or founding.document
            tell(say("start.loading", app.settings.language, title=title))
        adding = Adding(app.sessions, app.index, read, app.clock, founding.wanted())
        outcomes += adding.results([founding.offered()])
    return outcomes


def adding(app: App, wanted: Wanted, reader: object = read) -> Adding:
    """An adding run; `reader` reads a file, by default in this process."""
    return Adding(app.sessions, app.index, reader, app.clock, wanted)  # type: ignore[arg-type]
