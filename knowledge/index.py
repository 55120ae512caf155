"""The port to the index: what adding and removing need of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.document import Reading


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a document, to be made findable."""

    version: str
    document: str
    title: str
    reading: Reading


class PassageIndex(Protocol):
    """Derived data: it can always be made anew from the catalogue."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Make versions findable, all or none, in the place of what was there of them."""

    def remove(self, versions: Iterable[str]) -> None:
        """Forget versions; one that is not there is no error."""

    def versions(self) -> set[str]:
        """The versions that are whole in the index."""

    def proven(self) -> dict[str, int]:
        """How many passages of each version are findable, after reading all of the index.

        Raises IndexUnavailable when anything of it is damaged.
        """

    def clear(self) -> None:
        """Forget everything, also when what is there cannot be read."""


class NoIndex:
    """An index that keeps nothing; for measuring and for reading without searching."""

    def put(self, entries: Sequence[Entry]) -> None:
        del entries

    def remove(self, versions: Iterable[str]) -> None:
        del versions

    def versions(self) -> set[str]:
        return set()

    def proven(self) -> dict[str, int]:
        return {}

    def clear(self) -> None:
        """There is nothing to forget."""
