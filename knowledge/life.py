"""The life of a document: draft, in force, expired, superseded, removed; decided from its dates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Where a document stands in its life."""

    DRAFT = "draft"
    COMING = "not yet in force"
    IN_FORCE = "in force"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Life:
    """What decides a document's status."""

    valid_from: date | None = None
    valid_until: date | None = None
    is_draft: bool = False
    replaced_by: str | None = None
    is_removed: bool = False

    def status(self, today: date) -> Status:
        if self.is_removed:
            return Status.REMOVED
        if self.is_draft:
            return Status.DRAFT
        if self.replaced_by:
            return Status.SUPERSEDED
        if self.valid_until and self.valid_until < today:
            return Status.EXPIRED
        if self.valid_from and self.valid_from > today:
            return Status.COMING
        return Status.IN_FORCE


# What is over still answers, saying so; drafts and what was removed do not.
ANSWERING = frozenset({Status.COMING, Status.IN_FORCE, Status.EXPIRED, Status.SUPERSEDED})
