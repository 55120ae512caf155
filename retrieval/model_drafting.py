"""Question cards for a section, drafted by a language model; an administrator accepts them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from knowledge.document import Kind, Reading
from retrieval.cards import Card, Places
from retrieval.claims.cleaning import plain
from retrieval.claims.figures import stray_figures
from retrieval.commands import commands_a_machine
from retrieval.folding import fold, letters
from retrieval.gate import places
from retrieval.language_model.port import LanguageModel
from retrieval.prompting import cards_prompt
from retrieval.small_talk import kind_of_talk

_LARGEST: Final = 4_000
_LENGTHS: Final = range(4, 121)
_MOST_CARDS: Final = 40
_LEAST_LETTERS: Final = 4


@dataclass(frozen=True)
class CardDrafting:
    """Drafts cards of which every quote stands in the section and every question only asks."""

    model: LanguageModel

    def draft_cards(self, document: str, reading: Reading, section: int) -> list[Card]:
        """The cards of a section; raises ModelUnavailable when the model cannot be used."""
        cards: list[Card] = []
        asked: set[str] = set()
        for passages in _portions(reading, section):
            language = "zh" if any(not text.isascii() for text in passages) else "en"
            path = reading.path(section)
            spoken = self.model.reply(cards_prompt(reading.title, path, passages, language))
            entries = spoken.get("cards")
            for entry in entries[:_MOST_CARDS] if isinstance(entries, list) else []:
                card = _card(document, reading, section, entry, asked)
                if card is not None:
                    cards.append(card)
        return cards


def _portions(reading: Reading, section: int) -> Iterator[list[str]]:
    """The passages of a section, in portions that a prompt can hold."""
    portion: list[str] = []
    for number in reading.by_section.get(section, []):
        text = reading.passages[number].text
        if reading.passages[number].kind is Kind.HEADING or commands_a_machine(text):
            continue
        if portion and sum(map(len, portion)) + len(text) > _LARGEST:
            yield portion
            portion = []
        portion.append(text)
    if portion:
        yield portion


def _card(
    document: str, reading: Reading, section: int, entry: Any, asked: set[str]
) -> Card | None:
    if not isinstance(entry, dict):
        return None
    path = " > ".join(reading.path(section))
    quotes = list(_standing(_texts(entry.get("quotes")), reading, section, path))
    if not quotes:
        return None
    evidence = "\n".join([*quotes, reading.title, path])
    questions: list[str] = []
    for question in map(plain, [*_texts(entry.get("zh")), *_texts(entry.get("en"))]):
        if _only_asks(question, evidence) and letters(question) not in asked:
            asked.add(letters(question))
            questions.append(question)
    return (
        Card(document, path, tuple(quotes), tuple(questions), is_draft=True) if questions else None
    )


def _standing(quotes: list[str], reading: Reading, section: int, path: str) -> Iterator[str]:
    """The quotes that stand in this section, as it writes them."""
    found = Places(reading)
    for quote in quotes:
        if len(letters(quote)) < _LEAST_LETTERS:
            continue
        for anchor in found.anchors(quote, path):
            if reading.passages[anchor.passage].section == section:
                yield anchor.quote


def _only_asks(question: str, evidence: str) -> bool:
    """Is it a question of its size, with no figures or places that the section does not hold?"""
    if len(question) not in _LENGTHS or kind_of_talk(question) is not None:
        return False
    if stray_figures(question, evidence, ""):
        return False
    folded, held = fold(question), fold(evidence)
    return all(name in held for name in places() if name in folded)


def _texts(entry: object) -> list[str]:
    return [text for text in entry if isinstance(text, str)] if isinstance(entry, list) else []
