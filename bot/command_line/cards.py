"""`libcoach documents cards`: questions that a document answers, begun, drafted, accepted."""

from pathlib import Path
from typing import Any, Final

import click

from bot.command_line.printing import print_json
from bot.wiring import App, open_app
from foundation.errors import ModelUnavailable, UnknownDocument
from foundation.wording import say
from knowledge.document import Reading
from retrieval import own_cards
from retrieval.cards import Card

# A section's cards are written slower than an answer.
_SECONDS: Final = 180.0


def work_on_cards(document: str, what: str, *, as_json: bool) -> bool:
    """Do what is wanted and say how the cards stand; False when some of them are wrong."""
    app = open_app()
    reading = _reading(app, document)
    path = own_cards.file_of(app.settings.home / "cards", document)
    cards = _changed(app, document, reading, own_cards.cards_in(path, document), what)
    if what:
        own_cards.write_cards(path, cards)
    problems = own_cards.problems_of(cards, document, reading)
    told = _told(path, cards, problems)
    if as_json:
        print_json(told)
    else:
        _show(told, app.settings.language)
    return not problems


def _reading(app: App, document: str) -> Reading:
    version = app.library.version_of(document)
    if version is None:
        raise UnknownDocument(
            f"There is no document “{document}” here; “libcoach documents list” shows all."
        )
    return app.library.reading(version)


def _changed(app: App, document: str, reading: Reading, cards: list[Card], what: str) -> list[Card]:
    """Cards that are there already are kept; what is new comes after them."""
    known = {card.quotes for card in cards}
    if what == "begin":
        fresh = own_cards.begun(document, reading)
        return [*cards, *(card for card in fresh if card.quotes not in known)]
    if what == "draft":
        return [*cards, *(c for c in _drafted(app, document, reading) if c.quotes not in known)]
    return own_cards.accepted(cards) if what == "accept" else cards


def _drafted(app: App, document: str, reading: Reading) -> list[Card]:
    from retrieval.language_model.chat import ChatModel
    from retrieval.model_drafting import CardDrafting

    settings = app.settings
    if not (settings.llm_base_url and settings.llm_model):
        raise ModelUnavailable(
            "Drafting needs a language model: set LIBCOACH_LLM_BASE_URL and LIBCOACH_LLM_MODEL,"
            " or begin by hand with “libcoach documents cards ID --begin”."
        )
    model = ChatModel(
        settings.llm_base_url, settings.llm_model, settings.llm_api_key, seconds=_SECONDS
    )
    drafting = CardDrafting(model)
    found: list[Card] = []
    for section in range(len(reading.sections)):
        found += drafting.draft_cards(document, reading, section)
    return found


def _told(path: Path, cards: list[Card], problems: list[str]) -> dict[str, Any]:
    drafts = sum(card.is_draft for card in cards)
    questions = sum(len(card.questions) for card in cards if not card.is_draft)
    return {
        "path": str(path), "cards": len(cards) - drafts, "drafts": drafts,
        "questions": questions, "problems": problems,
    }  # fmt: skip


def _show(told: dict[str, Any], language: str) -> None:
    click.echo(say("documents.cards", language, **{k: told[k] for k in told if k != "problems"}))
    for problem in told["problems"]:
        click.echo(f"※ {problem}")
