"""A module: one micro-lesson with cards, items and an application task, in two languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

COMPETENCIES: Final = (
    "values", "ethics", "equality", "user-service", "standards", "indicators", "quality",
    "evaluation", "collections", "metadata", "reference", "reading-promotion", "digital",
    "heritage", "cooperation", "leadership", "planning", "advocacy", "partnership", "governance",
    "lifelong-learning", "learning-city", "sustainable-development", "project-design",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages, each written for its readers."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        return self.en if language == "en" else self.zh


class ItemType(StrEnum):
    CHOICE = "choice"
    MULTI = "multi"
    TRUE_FALSE = "truefalse"
    ORDER = "order"
    NUMERIC = "numeric"
    DILEMMA = "dilemma"
    REFLECTION = "reflection"
    LIKERT = "likert"
    RECOMMENDATION = "recommendation"
    APPLICATION = "application"


# Right or wrong can be told of these; of the others only what was said.
SCORED: Final = frozenset(
    {ItemType.CHOICE, ItemType.MULTI, ItemType.TRUE_FALSE, ItemType.ORDER, ItemType.NUMERIC,
     ItemType.DILEMMA}
)  # fmt: skip


class Status(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Source:
    """The words a card or an item rests on; `quote` stands verbatim in the document."""

    doc: str
    locator: str
    quote: str


@dataclass(frozen=True, slots=True)
class Option:
    """`score` is 1 for a right one, 0 for a wrong one, between them in a dilemma."""

    id: str
    text: Bilingual
    feedback: Bilingual
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Number:
    """What is right of a numeric item: the value, how far off is right still, the unit."""

    value: float
    tolerance: float = 0.0
    unit: Bilingual = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class Card:
    """One screen that teaches one idea; `beyond` says it is practice, not in the documents."""

    text: Bilingual
    sources: tuple[int, ...] = ()
    objective: int = 1
    beyond: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One question; `form` is A or B in the two tests of its track, else it is for practice.

    `key` holds ids of options: the right one, all right ones, or the right order.
    """

    id: str
    type: ItemType
    prompt: Bilingual
    options: tuple[Option, ...] = ()
    key: tuple[str, ...] = ()
    number: Number | None = None
    explanation: Bilingual = Bilingual("", "")
    sources: tuple[int, ...] = ()
    objective: int = 1
    form: str = ""
    line: int = field(default=0, compare=False)

    @property
    def is_scored(self) -> bool:
        return self.type in SCORED

    def option(self, wanted: str) -> Option | None:
        return next((option for option in self.options if option.id == wanted), None)


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody read this content and let it pass; another content needs another approval."""

    by: str
    role: str
    on: date
    sha256: str


@dataclass(frozen=True, slots=True)
class Module:
    """One micro-lesson as it stands in its file; sources, objectives are counted from one.

    `lines` says where things stand in the file: `title`, `sources 2`, `q1`, `q1 en`, `q1 b`.
    """

    id: str
    track: str
    version: int
    title: Bilingual
    objectives: tuple[Bilingual, ...]
    competencies: tuple[str, ...]
    ifla_area: int
    minutes: int
    sources: tuple[Source, ...]
    cards: tuple[Card, ...]
    items: tuple[Item, ...]
    status: Status = Status.DRAFT
    approvals: tuple[Approval, ...] = ()
    after: tuple[str, ...] = ()
    sha256: str = ""
    path: Path | None = field(default=None, compare=False)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def practice(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.form and item.is_scored)

    @property
    def tasks(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.type is ItemType.APPLICATION)

    def form(self, letter: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.form == letter)

    def item(self, wanted: str) -> Item | None:
        return next((item for item in self.items if item.id == wanted), None)

    def sources_of(self, part: Card | Item) -> Iterator[Source]:
        return (self.sources[n - 1] for n in part.sources if 0 < n <= len(self.sources))

    @property
    def is_approved(self) -> bool:
        """Two different people approved exactly this content."""
        people = {a.by for a in self.approvals if a.sha256 == self.sha256}
        return self.status is Status.APPROVED and len(people) > 1


@dataclass(frozen=True, slots=True)
class Track:
    """An ordered set of modules, and what is asked of confidence before and after it."""

    id: str
    title: Bilingual
    about: Bilingual
    confidence: tuple[Bilingual, ...]
    modules: tuple[str, ...]
    version: int = 1
