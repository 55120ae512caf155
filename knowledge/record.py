"""What the catalogue says of a document, as values: facts about it, its versions, its status."""

import hashlib
import re
import unicodedata
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from knowledge.life import Life, Status

_LONGEST_ID: Final = 100


@dataclass(frozen=True, slots=True)
class Facts:
    """What people know of a document beyond its text; None is not known."""

    title: str | None = None
    title_en: str | None = None
    publisher: str | None = None
    kind: str | None = None
    language: str | None = None
    rights: str | None = None
    published_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    is_draft: bool | None = None

    def known(self) -> dict[str, Any]:
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One document of the catalogue with its current version."""

    id: str
    title: str
    title_en: str | None
    publisher: str | None
    kind: str | None
    language: str | None
    rights: str | None
    published_on: date | None
    valid_from: date | None
    valid_until: date | None
    status: Status
    replaced_by: str | None
    version: int
    version_key: str
    file_name: str
    sections: int
    passages: int
    tables: int
    pages: int | None
    warnings: tuple[str, ...]
    added_at: datetime
    changed_at: datetime

    def as_json(self) -> dict[str, Any]:
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """One version of a document."""

    number: int
    key: str
    file_name: str
    sha256: str
    reader: int
    passages: int
    warnings: tuple[str, ...]
    added_at: datetime

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "added_at": self.added_at.isoformat()}


def life_of(row: Any) -> Life:
    """The life of a document from its row."""
    return Life(
        row.valid_from,
        row.valid_until,
        is_draft=row.is_draft,
        replaced_by=row.replaced_by,
        is_removed=row.removed_at is not None,
    )


def slug(name: str) -> str:
    """An id made of a file name: letters and digits of any script, the rest hyphens."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    words = re.sub(r"[\W_]+", "-", folded).strip("-")
    if not words:
        return f"document-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    if len(words) > _LONGEST_ID:
        tail = hashlib.sha256(name.encode()).hexdigest()[:8]
        return f"{words[: _LONGEST_ID - 9].rstrip('-')}-{tail}"
    return words


def version_key(document: str, number: int, sha256: str, reader: int) -> str:
    """Names one reading of one text of one document; the same again has the same name."""
    named = f"{document}\n{number}\n{sha256}\n{reader}"
    return hashlib.sha256(named.encode()).hexdigest()[:20]
