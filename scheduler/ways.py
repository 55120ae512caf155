"""The way through a track: its modules in order, without those that cannot be given any more."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol

from training_modules.module import Module, Track


class Modules(Protocol):
    """What the schedule needs of the shelf of modules."""

    def module(self, wanted: str) -> Module | None: ...

    def track(self, wanted: str) -> Track | None: ...

    def is_deliverable(self, module: Module) -> bool: ...


@dataclass(frozen=True, slots=True)
class Way:
    """The modules of a track that can be given, and those that are gone."""

    modules: tuple[str, ...]
    gone: tuple[str, ...]

    def next(self, done: Collection[str]) -> str:
        """The first that is not done; empty when all are."""
        return next((module for module in self.modules if module not in done), "")


@dataclass
class Ways:
    """Each track is looked up once in a run over the people."""

    shelf: Modules
    _known: dict[str, Way | None] = field(default_factory=dict)

    def of(self, track: str) -> Way | None:
        """None when there is no such track; of one there is, perhaps nothing can be given."""
        if track not in self._known:
            self._known[track] = self._found(track)
        return self._known[track]

    def _found(self, track: str) -> Way | None:
        found = self.shelf.track(track)
        if found is None:
            return None
        there: list[str] = []
        gone: list[str] = []
        for name in found.modules:
            module = self.shelf.module(name)
            is_there = module is not None and self.shelf.is_deliverable(module)
            (there if is_there else gone).append(name)
        return Way(tuple(there), tuple(gone))
