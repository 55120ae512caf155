"""Commands that exchange items with other systems: import into drafts, export to a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from bot.command_line.modules_opening import Opened, opened
from bot.command_line.printing import print_json
from foundation.errors import InvalidModule
from foundation.wording import say
from training_modules.beginning import place as place_module
from training_modules.interchange.drafting import drafts
from training_modules.interchange.gift_reading import read_gift
from training_modules.interchange.gift_writing import gift
from training_modules.interchange.loss import Losses
from training_modules.interchange.moodle_reading import read_moodle_xml
from training_modules.interchange.moodle_writing import moodle_xml
from training_modules.interchange.question import Question
from training_modules.module import Module
from training_modules.writing import as_markdown

_MOST_BYTES: Final = 20_000_000


def import_file(
    path: Path, track: str, language: str | None, folder: Path | None, *, as_json: bool
) -> None:
    """Make drafts of every question in a file; nothing that is there is touched."""
    place, losses = opened(), Losses()
    tongue = language or place.language
    questions = _read(path, tongue, losses)
    made = drafts(questions, track, path.stem, tongue, losses)
    taken = [draft.id for draft in made if place.shelf.module(draft.id) is not None]
    if taken:
        raise InvalidModule(f"There are modules already with the ids: {', '.join(taken)}.")
    into = folder or place.own_folder
    written = [
        place_module(place.shelf, into, draft.id, track, as_markdown(draft)) for draft in made
    ]
    if as_json:
        done = [{"id": draft.id, "path": str(at)} for draft, at in zip(made, written, strict=True)]
        lost = [loss.as_json(place.language) for loss in losses.found]
        print_json({"drafts": done, "losses": lost})
        return
    for draft, at in zip(made, written, strict=True):
        words = {"id": draft.id, "items": len(draft.items), "path": at}
        click.echo(say("modules.import.draft", place.language, **words))
    _tell(losses, place)


def _read(path: Path, language: str, losses: Losses) -> list[Question]:
    """What the file looks like decides, whatever it is called."""
    if path.stat().st_size > _MOST_BYTES:
        raise InvalidModule(f"{path} is larger than 20 MB; export a smaller part of it.")
    data = path.read_bytes()
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return read_moodle_xml(data, language, losses)
    try:
        return read_gift(data.decode("utf-8-sig"), language, losses)
    except UnicodeDecodeError as error:
        raise InvalidModule(f"{path} is not text in UTF-8; save it as UTF-8 first.") from error


def export_file(
    names: Sequence[str], form: str, out: Path, track: str | None, language: str | None,
    *, as_json: bool,
) -> None:  # fmt: skip
    """Write the items of modules; what the format cannot hold is told."""
    place, losses = opened(), Losses()
    chosen = _chosen(place, names, track)
    if form == "gift":
        text = gift(chosen, language or place.language, losses)
    else:
        text = moodle_xml(chosen, (language,) if language else ("zh", "en"), losses)
    aside = out.with_name(out.name + ".part")
    try:
        aside.write_text(text, "utf-8")
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)
    items = sum(len(module.items) for module in chosen)
    if as_json:
        lost = [loss.as_json(place.language) for loss in losses.found]
        counts = {"modules": len(chosen), "items": items}
        print_json({"path": str(out), **counts, "losses": lost})
        return
    words = {"modules": len(chosen), "items": items, "path": out}
    click.echo(say("modules.export.done", place.language, **words))
    _tell(losses, place)


def _chosen(place: Opened, names: Sequence[str], track: str | None) -> list[Module]:
    if names:
        return [place.module(name) for name in names]
    found = [m for m in place.shelf.modules() if track is None or m.track == track]
    if not found:
        raise InvalidModule("There is no module to export; “libcoach modules list” shows all.")
    return found


def _tell(losses: Losses, place: Opened) -> None:
    if losses.found:
        click.echo(say("modules.exchange.lost", place.language, count=len(losses.found)))
    for loss in losses.found:
        click.echo("- " + loss.shown(place.language))
