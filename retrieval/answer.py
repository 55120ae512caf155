"""An answer: its verdict, its text with marks, and for each mark the words it rests on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """Whether the documents hold the answer."""

    FOUND = "found"
    PARTLY = "partly"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a passage, as they stand there."""

    version: str
    passage: int
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What a mark in an answer points to."""

    mark: int
    document: str
    title: str
    section: tuple[str, ...]
    page: int | None
    quote: str
    version: str = ""
    passage: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "mark": self.mark, "document": self.document, "title": self.title,
            "section": list(self.section), "page": self.page, "quote": self.quote,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Citation":
        return cls(**{**kept, "section": tuple(kept["section"])})


@dataclass(frozen=True, slots=True)
class Nearest:
    """A place that is near to what was asked, offered when the answer is not there."""

    document: str
    title: str
    section: tuple[str, ...]
    version: str
    passage: int


@dataclass(frozen=True)
class Answer:
    """What a person reads, and what it rests on."""

    text: str
    verdict: Verdict
    language: str
    citations: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    mode: str = "quotation"
    question: str = ""
    receipt: str = ""
    is_gap: bool = False

    @property
    def answered(self) -> bool:
        return self.verdict is not Verdict.NOT_FOUND

    def as_json(self, id_: str | None, elapsed_ms: float) -> dict[str, Any]:
        return {
            "id": id_, "answer": self.text, "answered": self.answered,
            "verdict": str(self.verdict), "language": self.language,
            "citations": [citation.as_json() for citation in self.citations],
            "notes": list(self.notes), "mode": self.mode, "elapsed_ms": round(elapsed_ms, 1),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """One hit of a search."""

    document: str
    title: str
    passage: int
    section: tuple[str, ...]
    page: int | None
    text: str
    score: float

    def as_json(self) -> dict[str, Any]:
        return {
            "document": self.document, "passage": self.passage, "section": list(self.section),
            "page": self.page, "text": self.text, "score": round(self.score, 4),
        }  # fmt: skip
