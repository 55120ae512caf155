"""Question cards: what people would ask, and the words of a document that answer it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from knowledge.document import Kind, Reading
from retrieval.folding import letters

FOLDER: Final = Path(__file__).parent / "cards"
_QUESTION_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Card:
    """Questions in both languages, the quotes that answer them, and their sense in English."""

    document: str
    section: str
    quotes: tuple[str, ...]
    questions: tuple[str, ...]
    gloss: str = ""
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands: the passage, and the words as the passage writes them."""

    passage: int
    quote: str


def load_cards(folder: Path = FOLDER) -> Iterator[Card]:
    """Every card of every file; the file's name, up to its first dot, is the document's id."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in sorted(folder.glob("*.yaml")):
        document = path.name.split(".")[0]
        with path.open("rb") as file:
            for entry in yaml.load(file, Loader=loader) or []:  # noqa: S506 - a safe loader
                yield card_from(document, entry)


def load_own_cards(folder: Path) -> Iterator[Card]:
    """The cards that a library wrote itself; drafts wait until somebody takes the word out."""
    if folder.is_dir():
        yield from (card for card in load_cards(folder) if not card.is_draft)


def card_from(document: str, entry: Mapping[str, Any]) -> Card:
    questions = [*(entry.get("zh") or []), *(entry.get("en") or [])]
    return Card(
        document,
        str(entry.get("section", "")),
        tuple(entry.get("quotes") or ()),
        tuple(str(question) for question in questions),
        str(entry.get("gloss", "")),
        is_draft=bool(entry.get("draft", False)),
    )


class Places:
    """Finds quotes in a reading by their letters, across passages where a quote is long."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._letters = [letters(passage.text) for passage in reading.passages]

    def anchors(self, quote: str, section: str = "") -> list[Anchor]:
        """The passages that hold a quote, nearest to the named section first; empty: nowhere."""
        wanted = letters(quote)
        if not wanted:
            return []
        held = [n for n, text in enumerate(self._letters) if wanted in text]
        if held:
            best = max(held, key=lambda n: (self._nearness(n, section), -len(self._letters[n])))
            return [Anchor(best, self._as_written(best, quote))]
        return self._across(wanted)

    def _nearness(self, number: int, section: str) -> int:
        passage = self._reading.passages[number]
        path = {letters(title) for title in self._reading.path(passage.section)}
        if passage.table is not None:
            path.add(letters(self._reading.tables[passage.table].caption))
        named = [letters(title) for title in section.split(">")]
        return 2 * sum(title in path for title in named) + (passage.kind is not Kind.HEADING)

    def _as_written(self, number: int, quote: str) -> str:
        return as_written(self._reading.passages[number].text, quote)

    def _across(self, wanted: str) -> list[Anchor]:
        """A quote that runs over several passages: the whole of each that lies in it."""
        for start, text in enumerate(self._letters):
            joined, end = text, start + 1
            if not text or not (wanted.startswith(text) or _overlap(text, wanted)):
                continue
            while end < len(self._letters) and wanted not in joined and end - start < 6:
                joined += self._letters[end]
                end += 1
            if wanted in joined:
                passages = self._reading.passages
                return [Anchor(n, passages[n].text) for n in range(start, end)]
        return []


def _overlap(text: str, wanted: str) -> bool:
    """Does the text end in the first letters of what is wanted?"""
    return any(text.endswith(wanted[:size]) for size in range(min(len(text), len(wanted)), 7, -1))


def as_written(text: str, quote: str) -> str:
    """The stretch of a text whose letters are those of the quote, as the text writes it."""
    wanted = letters(quote)
    kept = [(n, _letters_of(c)) for n, c in enumerate(text)]
    flat = "".join(c for _, c in kept)
    at = flat.find(wanted)
    if at < 0:
        return text
    places = [n for n, c in kept for _ in c]
    start, end = places[at], places[at + len(wanted) - 1] + 1
    opening = re.search(r"[“‘《（(【「『]+$", text[:start])
    start = opening.start() if opening else start
    closing = re.match(r"[%％‰℃]?[。！？；”’》）)」』…]*", text[end:])
    return text[start : end + (closing.end() if closing else 0)]


# Documents use few characters again and again, and every start places every card.
@cache
def _letters_of(character: str) -> str:
    return letters(character)


def check_cards(cards: Iterable[Card], readings: Mapping[str, Reading]) -> list[str]:
    """Everything wrong with cards: a quote that is not in its document, a question twice."""
    problems: list[str] = []
    asked: dict[str, str] = {}
    places = {document: Places(reading) for document, reading in readings.items()}
    for card in cards:
        where = f"{card.document}, {card.section}"
        if card.document not in places:
            problems.append(f"{where}: there is no such document")
            continue
        problems += _card_problems(card, where, places[card.document])
        for question in card.questions:
            other = asked.setdefault(letters(question), where)
            if other != where:
                problems.append(f"{where}: “{question}” is asked also in {other}")
    return problems


def _card_problems(card: Card, where: str, places: Places) -> Iterator[str]:
    if not card.quotes or not card.questions:
        yield f"{where}: a card needs quotes and questions"
    for quote in card.quotes:
        if not places.anchors(quote, card.section):
            yield f"{where}: “{quote[:40]}” does not stand in the document"
    for question in card.questions:
        if not 3 <= len(question) <= _QUESTION_LENGTH:
            yield f"{where}: “{question[:40]}” is too short or too long for a question"


def anchored(card: Card, places: Places) -> Sequence[Anchor]:
    """All anchors of a card, in the order of its quotes."""
    return [anchor for quote in card.quotes for anchor in places.anchors(quote, card.section)]
