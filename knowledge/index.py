"""The port to the index: what adding and removing need of it."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
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
        """Make versions findable, all or none; putting one again changes nothing."""

    def renew(self, entries: Sequence[Entry]) -> None:
        """Make versions findable in the place of what was there of them, at once."""

    def remove(self, versions: Iterable[str]) -> None:
        """Forget versions; one that is not there is no error."""

    def versions(self) -> set[str]:
        """The versions that are whole in the index."""

    def holds(self, version: str) -> bool:
        """Whether a version can be found; cheap."""

    def proven(self) -> dict[str, int]:
        """How many passages of each version are findable, after reading all of the index.

        Raises IndexUnavailable when anything of it is damaged.
        """

    def clear(self) -> None:
        """Forget what cannot be read."""

    def adding(self) -> AbstractContextManager[None]:
        """Held by whoever puts versions that are not in the catalogue yet; by several at once."""

    def sweeping(self) -> AbstractContextManager[bool]:
        """Held by whoever removes what the catalogue lacks; False while somebody is adding."""


class NoIndex:
    """An index that keeps only which versions it was told of; for measuring without searching."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def put(self, entries: Sequence[Entry]) -> None:
        self._counts |= {entry.version: len(entry.reading.passages) for entry in entries}

    def renew(self, entries: Sequence[Entry]) -> None:
        self.put(entries)

    def remove(self, versions: Iterable[str]) -> None:
        for version in versions:
            self._counts.pop(version, None)

    def versions(self) -> set[str]:
        return set(self._counts)

    def holds(self, version: str) -> bool:
        return version in self._counts

    def proven(self) -> dict[str, int]:
        return dict(self._counts)

    def clear(self) -> None:
        self._counts.clear()

    def adding(self) -> AbstractContextManager[None]:
        return nullcontext()

    def sweeping(self) -> AbstractContextManager[bool]:
        return nullcontext(enter_result=True)
