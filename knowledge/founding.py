"""The founding documents that ship with LibCoach, and the file that says what they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from knowledge.adding import Offered, Wanted
from knowledge.record import Facts

FOLDER: Final = Path(__file__).parent / "documents"


@dataclass(frozen=True, slots=True)
class Founding:
    """One founding document: its file and what is known of it."""

    document: str
    path: Path
    facts: Facts

    def offered(self) -> Offered:
        return Offered(str(self.path), self.path.name, self.path.read_bytes())

    def wanted(self) -> Wanted:
        return Wanted(self.document, self.facts)


def founding_documents(folder: Path = FOLDER) -> Iterator[Founding]:
    """Every document of the catalogue file, in its order."""
    import yaml

    for entry in yaml.safe_load((folder / "catalogue.yaml").read_text("utf-8")):
        yield _founding(folder, entry)


def founding_ids(folder: Path = FOLDER) -> list[str]:
    """The ids alone, from the file names, which is fast."""
    return sorted(path.stem for path in folder.glob("*.txt"))


def _founding(folder: Path, entry: dict[str, Any]) -> Founding:
    def day(name: str) -> date | None:
        value = entry.get(name)
        return value if isinstance(value, date) else None

    facts = Facts(
        title=entry["title"]["zh"], title_en=entry["title"]["en"],
        publisher=entry["publisher"], kind=entry["kind"], language=entry["language"],
        rights=entry["rights"], published_on=day("published_on"),
        valid_from=day("in_force_from"), valid_until=day("in_force_until"),
    )  # fmt: skip
    return Founding(entry["id"], folder / entry["file"], facts)
