"""A library's own question cards: begun by hand or drafted, checked, accepted by a person."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from foundation.errors import UnknownDocument
from knowledge.document import Kind, Reading
from knowledge.structure.splitting import sentences
from retrieval.cards import Card, card_from, check_cards

_LEAST: Final = 8


def file_of(folder: Path, document: str) -> Path:
    return folder / f"{document}.yaml"


def cards_in(path: Path, document: str) -> list[Card]:
    """The cards of a file, drafts among them; none when there is no file."""
    import yaml

    if not path.is_file():
        return []
    try:
        entries = yaml.safe_load(path.read_text("utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        told = " ".join(str(error).split())
        raise UnknownDocument(f"The cards in {path} cannot be read: {told}.") from error
    return [card_from(document, entry) for entry in entries]


def begun(document: str, reading: Reading) -> Iterator[Card]:
    """A card for each section with its first sentence, whose questions somebody writes."""
    for number, section in enumerate(reading.sections):
        quote = next(_quotes(reading, number), "")
        if quote:
            path = " > ".join(reading.path(number)) or section.title
            yield Card(document, path, (quote,), (), is_draft=True)


def _quotes(reading: Reading, section: int) -> Iterator[str]:
    for number in reading.by_section.get(section, []):
        passage = reading.passages[number]
        if passage.kind in (Kind.PARAGRAPH, Kind.ITEM) and len(passage.text) >= _LEAST:
            yield sentences(passage.text)[0].strip()


def accepted(cards: Iterable[Card]) -> list[Card]:
    """Drafts that somebody let pass; one without a question waits on."""
    return [replace(card, is_draft=False) if card.questions else card for card in cards]


def problems_of(cards: Iterable[Card], document: str, reading: Reading) -> list[str]:
    """What is wrong with those that are asked already."""
    asked = [card for card in cards if card.questions]
    return check_cards(asked, {document: reading})


def write_cards(path: Path, cards: Iterable[Card]) -> None:
    import yaml

    entries = [_entry(card) for card in cards]
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=96), "utf-8")
    part.replace(path)


def _entry(card: Card) -> dict[str, Any]:
    zh = [q for q in card.questions if not q.isascii()]
    en = [q for q in card.questions if q.isascii()]
    entry: dict[str, Any] = {
        "section": card.section, "quotes": list(card.quotes), "zh": zh, "en": en,
    }  # fmt: skip
    if card.gloss:
        entry["gloss"] = card.gloss
    if card.is_draft:
        entry["draft"] = True
    return entry
