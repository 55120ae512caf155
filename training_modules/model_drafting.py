"""A module drafted by a language model out of one section; what has no quote is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from foundation.errors import InvalidModule
from knowledge.document import Kind, Reading
from retrieval.cards import Places
from retrieval.claims.figures import stray_figures
from retrieval.commands import commands_a_machine
from retrieval.folding import letters
from retrieval.language_model.port import LanguageModel
from retrieval.prompting import Prompt, cards_prompt
from training_modules.draft_form import DRAFT
from training_modules.module import Bilingual, Card, Item, ItemType, Module, Option, Source

RULES: Final = Path(__file__).with_name("draft_rules.yaml")
_TYPES: Final = (ItemType.CHOICE, ItemType.TRUE_FALSE, ItemType.DILEMMA)
_IDS: Final = "abcdef"
_MOST_CARDS: Final = 3
_MOST_ITEMS: Final = 12
_LARGEST: Final = 8_000


@cache
def _rules() -> Mapping[str, str]:
    import yaml

    rules: dict[str, str] = yaml.safe_load(RULES.read_text("utf-8"))
    return rules


def find_section(reading: Reading, wanted: str) -> int:
    """The section whose title is, or else holds, these words."""
    titles = [letters(section.title) for section in reading.sections]
    sought = letters(wanted)
    exact = [n for n, title in enumerate(titles) if title == sought]
    near = [n for n, title in enumerate(titles) if sought and sought in title]
    found = exact or near
    if not found:
        known = "; ".join(section.title for section in reading.sections[1:13])
        raise InvalidModule(f"No section of the document is called “{wanted}”; some are: {known}.")
    return found[0]


@dataclass(frozen=True)
class ModuleDrafting:
    model: LanguageModel

    def draft(
        self, document: str, reading: Reading, section: int, name: str, track: str, language: str
    ) -> Module:
        """The draft; raises InvalidModule when nothing of it rests on the section."""
        passages = list(_passages(reading, section))
        if not passages:
            raise InvalidModule("The section holds no text; choose another.")
        texts = [reading.passages[number].text for number in passages]
        path = reading.path(section)
        shown = cards_prompt(reading.title, path, texts, language)
        spoken = self.model.reply(Prompt(_rules()[language].strip(), shown.material, DRAFT))
        making = _Making(document, reading, frozenset(passages), " > ".join(path), "\n".join(texts))
        cards = tuple(making.cards(spoken.get("cards")))
        items = tuple(making.items(spoken.get("items")))
        if not cards:
            raise InvalidModule(
                "The language model wrote nothing that rests on words of this section; try again,"
                " or begin a draft by hand with “libcoach modules new”."
            )
        task = Item("do", ItemType.APPLICATION, _both(spoken.get("task")))
        return Module(
            name, track, 1, _both(spoken.get("title")), (_both(spoken.get("objective")),), (), 1, 4,
            tuple(making.sources), cards, (*items, task),
        )  # fmt: skip


def _passages(reading: Reading, section: int) -> Iterator[int]:
    """The passages of a section and of those below it, as many as a prompt can hold."""
    size = 0
    for number, passage in enumerate(reading.passages):
        if passage.kind is Kind.HEADING or not _lies_in(reading, passage.section, section):
            continue
        size += len(passage.text)
        if size <= _LARGEST and not commands_a_machine(passage.text):
            yield number


def _lies_in(reading: Reading, section: int, wanted: int) -> bool:
    at: int | None = section
    while at is not None and at != wanted:
        at = reading.sections[at].parent
    return at is not None


@dataclass
class _Making:
    """Takes over what stands on a quote; each quote becomes a source once."""

    document: str
    reading: Reading
    passages: frozenset[int]
    path: str
    text: str
    sources: list[Source] = field(default_factory=list)

    def cards(self, said: Any) -> Iterator[Card]:
        for entry in _entries(said)[:_MOST_CARDS]:
            text, source = _both(entry), self._source(entry)
            if source and text.zh and text.en and not self._invents(text):
                yield Card(text, (source,))

    def items(self, said: Any) -> Iterator[Item]:
        counts: dict[str, int] = {}
        for entry in _entries(said)[:_MOST_ITEMS]:
            kind, prompt = entry.get("type"), _both(entry)
            source = self._source(entry)
            if kind not in _TYPES or not source or not prompt.zh or self._invents(prompt):
                continue
            form = entry.get("form") if entry.get("form") in ("A", "B") else ""
            letter = str(form).casefold() if form else str(kind)[0]
            counts[letter] = counts.get(letter, 0) + 1
            options = tuple(_options(entry, ItemType(kind)))
            key = tuple(one.id for one in options if one.score == 1)
            yield Item(
                f"{letter}{counts[letter]}", ItemType(kind), prompt, options,
                () if kind == ItemType.DILEMMA else key, sources=(source,), form=str(form),
            )  # fmt: skip

    def _source(self, entry: Mapping[str, Any]) -> int:
        """The number of the source of an entry, or 0 when its quote stands nowhere here."""
        quote = entry.get("quote")
        if not isinstance(quote, str) or len(letters(quote)) < 4:
            return 0
        for anchor in Places(self.reading).anchors(quote, self.path):
            text = self.reading.passages[anchor.passage].text
            if anchor.passage in self.passages and anchor.quote in text:
                source = Source(self.document, self.path, anchor.quote)
                if source not in self.sources:
                    self.sources.append(source)
                return self.sources.index(source) + 1
        return 0

    def _invents(self, text: Bilingual) -> bool:
        """Are there figures that the section does not hold?"""
        return any(stray_figures(said, self.text, "") for said in (text.zh, text.en))


def _options(entry: Mapping[str, Any], kind: ItemType) -> Iterator[Option]:
    ids = ("true", "false") if kind is ItemType.TRUE_FALSE else tuple(_IDS)
    for name, one in zip(ids, _entries(entry.get("options")), strict=False):
        feedback = Bilingual(_line(one.get("feedback_zh")), _line(one.get("feedback_en")))
        text = _both(one)
        score = _score(one) if kind is ItemType.DILEMMA else float(_score(one) == 1)
        yield Option(name, Bilingual(_line(text.zh), _line(text.en)), feedback, score)


def _score(said: Mapping[str, Any]) -> float:
    score = said.get("score")
    return min(max(float(score), 0.0), 1.0) if isinstance(score, int | float) else 0.0


def _entries(said: Any) -> list[Mapping[str, Any]]:
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def _both(said: Any) -> Bilingual:
    given = said if isinstance(said, dict) else {}
    texts = (given.get(one) for one in ("zh", "en"))
    zh, en = (text.strip() if isinstance(text, str) else "" for text in texts)
    return Bilingual(zh, en)


def _line(said: Any) -> str:
    return " ".join(said.split()) if isinstance(said, str) else ""
