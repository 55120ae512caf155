"""`libcoach modules draft`: a language model drafts, code checks the quotes, people do the rest."""

from pathlib import Path
from typing import Final

import click

from bot.command_line.modules_opening import Opened, opened
from bot.command_line.printing import print_json
from foundation.errors import InvalidModule, ModelUnavailable, UnknownDocument
from foundation.wording import say
from retrieval.language_model.port import LanguageModel
from training_modules.beginning import place as place_module
from training_modules.model_drafting import ModuleDrafting, find_section
from training_modules.writing import as_markdown

# A module is written slower than an answer.
_SECONDS: Final = 180.0


def draft_module(
    document: str, section: str, name: str, track: str, folder: Path | None, *, as_json: bool
) -> None:
    place = opened()
    model = _model(place)
    version = place.app.library.version_of(document)
    if version is None:
        raise UnknownDocument(
            f"There is no document “{document}” here; “libcoach documents list” shows all."
        )
    if place.shelf.module(name) is not None:
        raise InvalidModule(f"A module {name} is there already; choose another id.")
    reading = place.app.library.reading(version)
    number = find_section(reading, section)
    drafting = ModuleDrafting(model)
    module = drafting.draft(document, reading, number, name, track, place.language)
    into = folder or place.own_folder
    path = place_module(place.shelf, into, name, track, as_markdown(module))
    if as_json:
        counts = {"cards": len(module.cards), "items": len(module.items)}
        print_json({"id": name, "path": str(path), "quotes": len(module.sources), **counts})
        return
    words = {"path": path, "cards": len(module.cards), "items": len(module.items)}
    click.echo(say("modules.draft.done", place.language, **words))


def _model(place: Opened) -> LanguageModel:
    settings = place.app.settings
    if not (settings.llm_base_url and settings.llm_model):
        raise ModelUnavailable(
            "Drafting needs a language model: set LIBCOACH_LLM_BASE_URL and LIBCOACH_LLM_MODEL,"
            " or begin a draft by hand with “libcoach modules new”."
        )
    from retrieval.language_model.chat import ChatModel

    return ChatModel(
        settings.llm_base_url, settings.llm_model, settings.llm_api_key, seconds=_SECONDS
    )
