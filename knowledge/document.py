"""The normal form of any document: sections, citable passages, tables, and what was dropped."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a passage is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text that was read: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest piece that can be cited; `text` is what a person reads and may quote."""

    kind: Kind
    text: str
    span: Span
    section: int
    page: int | None = None
    table: int | None = None
    cells: tuple[tuple[str, ...], ...] = ()
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the heading tree; section 0 is the document itself, its parent is None."""

    title: str
    level: int
    parent: int | None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, its header cells, and the passages that are its rows and notes."""

    section: int
    caption: str
    header: tuple[str, ...]
    rows: tuple[int, ...]
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Drop:
    """A stretch that a rule left out of the passages; reported, never silent."""

    rule: str
    span: Span


@dataclass(frozen=True)
class Reading:
    """A document as it was understood."""

    text: str
    title: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...] = ()
    drops: tuple[Drop, ...] = ()
    pages: int | None = None
    warnings: tuple[str, ...] = field(default=())

    def path(self, section: int) -> tuple[str, ...]:
        """The titles from below the document down to a section."""
        titles: list[str] = []
        at: int | None = section
        while at:
            titles.append(self.sections[at].title)
            at = self.sections[at].parent
        return tuple(reversed(titles))

    @cached_property
    def by_section(self) -> dict[int, list[int]]:
        """The passages that stand directly in each section, in order."""
        kept: dict[int, list[int]] = {}
        for number, passage in enumerate(self.passages):
            kept.setdefault(passage.section, []).append(number)
        return kept

    def lead_in(self, number: int) -> int | None:
        """The passage that introduces the items among which one stands: “…有下列情形之一的：”."""
        if self.passages[number].kind is not Kind.ITEM:
            return None
        section = self.passages[number].section
        at = number - 1
        while at >= 0 and self.passages[at].kind is Kind.ITEM:
            at -= 1
        if at < 0 or self.passages[at].section != section:
            return None
        return at if self.passages[at].text.rstrip().endswith(("：", ":")) else None
