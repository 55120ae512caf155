"""An optional cross-encoder: reads question and passage together and says how well they fit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from foundation.errors import ModelUnavailable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_TOGETHER: Final = 32
_LONGEST: Final = 1200


class Reranker(Protocol):
    """Says of each passage how well it answers, 0 to 1; nothing when it cannot be used."""

    @property
    def trouble(self) -> str | None: ...

    def scores(self, question: str, passages: Sequence[str]) -> list[float]: ...


@dataclass
class CrossEncoding:
    """A sentence-transformers cross-encoder, loaded when it is first asked."""

    name: str
    trouble: str | None = None
    _model: "CrossEncoder | None" = field(default=None, repr=False)

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        if not passages or self.trouble is not None:
            return []
        try:
            return self._scores(question, passages)
        except ModelUnavailable as error:
            self.trouble = str(error)
            return []

    def _scores(self, question: str, passages: Sequence[str]) -> list[float]:
        if self._model is None:
            self._model = _load(self.name)
        pairs = [(question, passage[:_LONGEST]) for passage in passages]
        raw = self._model.predict(pairs, batch_size=_TOGETHER, show_progress_bar=False)
        found = np.asarray(raw, dtype=np.float64)
        if found.ndim != 1:
            raise ModelUnavailable(f"The model {self.name} gives no single score; it cannot rank.")
        inside = bool(((found >= 0) & (found <= 1)).all())
        return [float(score) for score in (found if inside else 1.0 / (1.0 + np.exp(-found)))]


def _load(name: str) -> "CrossEncoder":
    from sentence_transformers import CrossEncoder

    try:
        model: CrossEncoder = CrossEncoder(name)
    except (OSError, ValueError, RuntimeError, KeyError, ImportError, AttributeError) as error:
        raise ModelUnavailable(
            f"The reranking model {name} cannot be loaded: check its name, the network, "
            "or unset LIBCOACH_RERANKER_MODEL; answers go on without it."
        ) from error
    return model
