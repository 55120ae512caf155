"""Any sentence-transformers model behind the embedding port; the only importer of that package."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from foundation.errors import ModelUnavailable
from retrieval.embedding import Vectors, unit_rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_TOGETHER: Final = 32
_SAMPLE: Final = 64


class TransformerEmbedder:
    """A model by the name it is published under, or by its folder."""

    def __init__(self, name: str) -> None:
        self._model = _load(name)
        short = Path(name).name if Path(name).is_dir() else name
        self.name = f"{short}-{_fingerprint(self._model)}"
        self.dimensions = self.embed([short]).shape[1]

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        encode = self._model.encode_query if questions else self._model.encode_document
        vectors = encode(list(texts), batch_size=_TOGETHER, show_progress_bar=False)
        return unit_rows(np.asarray(vectors, dtype=np.float32))


def _load(name: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name)
    except (OSError, ValueError, RuntimeError) as error:
        message = (
            f"The embedding model {name} cannot be loaded: check its name, the network, "
            "or unset LIBCOACH_EMBEDDING_MODEL to use the shipped one."
        )
        raise ModelUnavailable(message) from error


def _fingerprint(model: "SentenceTransformer") -> str:
    """A digest of the beginning of every tensor: cheap for a large model, new for new weights."""
    digest = hashlib.blake2b(str(sorted(model.prompts.items())).encode(), digest_size=6)
    for name, tensor in model.state_dict().items():
        sample = tensor.flatten()[:_SAMPLE].float().cpu().numpy()
        digest.update(f"{name}{tuple(tensor.shape)}".encode() + sample.tobytes())
    return digest.hexdigest()
