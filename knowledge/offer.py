"""What is offered to the catalogue, what is wanted of it, and what became of it."""

from dataclasses import dataclass, field
from typing import Any

from knowledge.record import Facts


@dataclass(frozen=True, slots=True)
class Offered:
    """A file to add: where it was found, its name, its bytes; or why it cannot be read."""

    path: str
    name: str
    data: bytes = b""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person said beside the file."""

    document: str | None = None
    facts: Facts = field(default_factory=Facts)
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    path: str
    id: str | None
    status: str
    reason: str = ""
    sections: int = 0
    passages: int = 0
    tables: int = 0
    pages: int | None = None
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path, "id": self.id, "status": self.status, "reason": self.reason,
            "sections": self.sections, "passages": self.passages, "tables": self.tables,
            "pages": self.pages, "warnings": list(self.warnings),
        }  # fmt: skip


def refused(offered: Offered, reason: str) -> Outcome:
    return Outcome(offered.path, None, "refused", reason)
