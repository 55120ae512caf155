"""The dense half of the index: finds by meaning, and never stands in the way of the other half."""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from foundation.errors import IndexUnavailable, ModelUnavailable
from retrieval.embedding import Embedder, open_embedder
from retrieval.lexical import Found
from retrieval.segment import Text
from retrieval.vectors.collection import (
    Model,
    VectorIndex,
    drop_model,
    models_in,
    remove_from,
    versions_in,
)
from retrieval.vectors.places import Damaged, Place

_UNREACHABLE: Final = (IndexUnavailable, ModelUnavailable)
_LOOK_AGAIN_SECONDS: Final = 5.0


@dataclass
class DenseHalf:
    """The vectors of the model that is set; those of the one before serve until they are whole."""

    place: Place
    setting: str | None = None
    opened: Callable[[str | None], Embedder] = open_embedder
    trouble: str | None = None
    _indices: dict[str, VectorIndex] = field(default_factory=dict)
    _serving: VectorIndex | None = None
    _look_again: float = 0.0

    def put(self, texts: Sequence[Text]) -> None:
        """Add what can be added; what cannot is missing in `versions` and said in `trouble`."""
        try:
            self._wanted().put(texts)
            self._retire()
        except _UNREACHABLE as error:
            self.trouble = str(error)
        else:
            self.trouble = None

    def remove(self, versions: Iterable[str]) -> None:
        gone = set(versions)
        try:
            for model in models_in(self.place):
                remove_from(self.place, model, gone)
        except _UNREACHABLE as error:
            self.trouble = str(error)

    def versions(self) -> set[str] | None:
        """The versions that are whole; None when that cannot be known now."""
        try:
            return self._wanted().versions()
        except Damaged as error:
            self.trouble = str(error)
            return set()
        except _UNREACHABLE as error:
            self.trouble = str(error)
            return None

    def halves(self) -> set[str]:
        """The versions that a writer who died left half; they are in nobody's way."""
        try:
            return self._wanted().halves()
        except _UNREACHABLE:
            return set()

    def search(self, question: str, k: int, live: Collection[str] | None = None) -> list[Found]:
        """The passages that mean most nearly the same; none when vectors are out of reach."""
        try:
            index = self._best()
            vector = index.embedder.embed([question], questions=True)[0]
            found = index.search(vector, k, live)
        except _UNREACHABLE as error:
            self.trouble = str(error)
            return []
        self.trouble = None
        return found

    def _wanted(self) -> VectorIndex:
        return self._index(self.setting or "")

    def _index(self, setting: str) -> VectorIndex:
        if setting not in self._indices:
            embedder = self.opened(setting or None)
            self._indices[setting] = VectorIndex(self.place, embedder, setting)
        return self._indices[setting]

    def _best(self) -> VectorIndex:
        now = time.monotonic()
        if self._serving is None or now >= self._look_again:
            self._serving = self._chosen()
            self._look_again = now + _LOOK_AGAIN_SECONDS
        return self._serving

    def _chosen(self) -> VectorIndex:
        """The model that is set once it is whole; until then the one before, if it opens."""
        wanted = self._wanted()
        others = self._others()
        if not others:
            return wanted
        there = wanted.versions()
        return next((index for index in others if index.versions() - there), wanted)

    def _others(self) -> list[VectorIndex]:
        """What other models left here and can still be asked, the fullest first."""
        found = []
        for model in self._other_models():
            try:
                index = self._index(model.setting)
            except ModelUnavailable:
                continue
            if index.model == model:
                found.append(index)
        return found

    def _other_models(self) -> list[Model]:
        wanted = self._wanted().model
        return [model for model in models_in(self.place) if model.name != wanted.name]

    def _retire(self) -> None:
        """Throw away what other models left, once the model that is set has all of it."""
        models = self._other_models()
        if not models:
            return
        there = self._wanted().versions()
        for model in models:
            if not versions_in(self.place, model) - there:
                drop_model(self.place, model)
        self._serving = None
