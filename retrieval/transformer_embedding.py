"""Any sentence-transformers model behind the embedding port; the only importer of that package."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.request import urlopen

import numpy as np

from foundation.errors import ModelUnavailable
from retrieval.embedding import Vectors, unit_rows, well_formed

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_TOGETHER: Final = 32
_PATIENCE_SECONDS: Final = 5
_UNUSABLE: Final = (OSError, ValueError, RuntimeError, KeyError, ImportError, AttributeError)
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
        vectors = encode(well_formed(texts), batch_size=_TOGETHER, show_progress_bar=False)
        return unit_rows(np.asarray(vectors, dtype=np.float32))


def _load(name: str) -> "SentenceTransformer":
    """From this machine when it is there, else from the hub, which is asked only if it answers."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(name, local_files_only=True)
    except _UNUSABLE as error:
        if Path(name).exists():
            message = f"The folder {name} holds no embedding model that can be used."
            raise ModelUnavailable(message) from error
    if not _hub_answers():
        message = (
            f"The embedding model {name} is not on this machine and cannot be fetched without "
            "a network; unset LIBCOACH_EMBEDDING_MODEL to use the shipped one."
        )
        raise ModelUnavailable(message)
    try:
        return SentenceTransformer(name)
    except _UNUSABLE as error:
        message = f"There is no embedding model {name} to fetch; check LIBCOACH_EMBEDDING_MODEL."
        raise ModelUnavailable(message) from error


def _hub_answers() -> bool:
    """Without a network the hub's own client tries for minutes before it gives up."""
    from huggingface_hub.constants import ENDPOINT

    try:
        urlopen(ENDPOINT, timeout=_PATIENCE_SECONDS).close()  # noqa: S310
    except HTTPError:
        return True
    except (OSError, ValueError, RuntimeError):
        return False
    return True


def _fingerprint(model: "SentenceTransformer") -> str:
    """A digest of the beginning of every tensor: cheap for a large model, new for new weights."""
    digest = hashlib.blake2b(str(sorted(model.prompts.items())).encode(), digest_size=6)
    for name, tensor in model.state_dict().items():
        sample = tensor.flatten()[:_SAMPLE].float().cpu().numpy()
        digest.update(f"{name}{tuple(tensor.shape)}".encode() + sample.tobytes())
    return digest.hexdigest()
