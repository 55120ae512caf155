"""Vectors of passages in Chroma, one collection a model; the only importer of chromadb."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

import numpy as np

from foundation.errors import IndexUnavailable
from retrieval.embedding import Embedder, Vectors
from retrieval.lexical import Found
from retrieval.segment import Text

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as Kept

T = TypeVar("T")

# A heading of a few letters says nothing by its meaning that its letters do not say better.
_LEAST_LETTERS: Final = 8
_BATCH: Final = 2000
_PREFIX: Final = "passages-"


class Place(Protocol):
    """Where Chroma keeps its collections: a folder or a server."""

    def read(self, act: Callable[["ClientAPI"], T]) -> T:
        """Ask something; raises IndexUnavailable when the place is away or damaged."""

    def write(self, act: Callable[["ClientAPI"], T]) -> T:
        """Change something, alone; a damaged place is begun anew."""


@dataclass(frozen=True, slots=True)
class Model:
    """An embedding model: `name` tells its vectors apart, `setting` opens it again."""

    name: str
    setting: str

    @property
    def collection(self) -> str:
        return _PREFIX + hashlib.blake2b(self.name.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class VectorIndex:
    """The vectors that one model makes of passages."""

    place: Place
    embedder: Embedder
    setting: str = ""

    @property
    def model(self) -> Model:
        return Model(self.embedder.name, self.setting)

    def put(self, texts: Sequence[Text]) -> None:
        """Add the passages of whole versions; those that are there already stay as they are."""
        self.place.write(lambda client: self._put(client, texts))

    def _put(self, client: "ClientAPI", texts: Sequence[Text]) -> None:
        kept = self._collection(client)
        coming = sorted({text.version for text in texts})
        there = _whole(kept, {"version": {"$in": coming}}) if coming else set()
        records = list(_records([text for text in texts if text.version not in there]))
        for start in range(0, len(records), _BATCH):
            some = records[start : start + _BATCH]
            kept.upsert(
                ids=[f"{text.version}:{text.number}" for text, _ in some],
                embeddings=self.embedder.embed([embedded(text) for text, _ in some]),
                metadatas=[
                    {"version": text.version, "number": text.number, "last": last}
                    for text, last in some
                ],
            )

    def remove(self, versions: Iterable[str]) -> None:
        gone = sorted(set(versions))
        if gone:
            self.place.write(lambda client: _delete(self._collection(client), gone))

    def versions(self) -> set[str]:
        """The versions of which every passage is in."""
        name = self.model.collection
        return self.place.read(lambda client: _whole_in(client, name))

    def search(
        self, vector: Vectors, k: int, live: Collection[str] | None = None
    ) -> list[Found]:
        """The passages that mean most nearly the same; only of `live` versions when given."""
        if (live is not None and not live) or not np.any(vector):
            return []
        more = k if live is None else 2 * k
        found = self._query(vector, more)
        kept = [f for f in found if live is None or f.version in live]
        if live is None or len(kept) >= k or len(found) < more:
            return kept[:k]
        return self._query(vector, k, {"version": {"$in": sorted(live)}})

    def _query(
        self, vector: Vectors, k: int, where: dict[str, Any] | None = None
    ) -> list[Found]:
        name = self.model.collection
        return self.place.read(lambda client: _query(client, name, vector, k, where))

    def _collection(self, client: "ClientAPI") -> "Kept":
        metadata = {
            "model": self.embedder.name, "setting": self.setting,
            "dimensions": self.embedder.dimensions,
        }  # fmt: skip
        return client.get_or_create_collection(
            self.model.collection,
            metadata=metadata,
            configuration={"hnsw": {"space": "cosine"}},
            embedding_function=None,
        )


def embedded(text: Text) -> str:
    """What is embedded of a passage: its words, then what stands around them."""
    return f"{text.body}\n{text.context}" if text.context else text.body


def models_in(place: Place) -> list[Model]:
    """The models that have a collection here, the fullest first."""

    def listed(client: "ClientAPI") -> list[Model]:
        ours = [c for c in client.list_collections() if c.name.startswith(_PREFIX)]
        ours.sort(key=lambda collection: -collection.count())
        return [Model(str(m["model"]), str(m["setting"])) for c in ours if (m := c.metadata)]

    return place.read(listed)


def drop_model(place: Place, model: Model) -> None:
    place.write(lambda client: client.delete_collection(model.collection))


def _records(texts: Sequence[Text]) -> Iterator[tuple[Text, bool]]:
    """The passages that need a vector; the last of each version makes the version whole."""
    for _, group in groupby(texts, key=lambda text: text.version):
        every = list(group)
        telling = [text for text in every if _tells(text.body)] or every[-1:]
        yield from ((text, text is telling[-1]) for text in telling)


def _tells(body: str) -> bool:
    return sum(map(str.isalnum, body)) >= _LEAST_LETTERS


def _existing(client: "ClientAPI", name: str) -> "Kept | None":
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        return None


def _whole_in(client: "ClientAPI", name: str) -> set[str]:
    kept = _existing(client, name)
    return _whole(kept) if kept is not None else set()


def _whole(kept: "Kept", among: dict[str, Any] | None = None) -> set[str]:
    last: dict[str, Any] = {"last": True}
    got = kept.get(where={"$and": [last, among]} if among else last, include=["metadatas"])
    return {str(metadata["version"]) for metadata in got["metadatas"] or ()}


def _delete(kept: "Kept", versions: Sequence[str]) -> None:
    for start in range(0, len(versions), _BATCH):
        kept.delete(where={"version": {"$in": list(versions[start : start + _BATCH])}})


def _query(
    client: "ClientAPI", name: str, vector: Vectors, k: int, where: dict[str, Any] | None
) -> list[Found]:
    kept = _existing(client, name)
    if kept is None:
        return []
    got = kept.query(
        query_embeddings=vector.reshape(1, -1), n_results=k, where=where,
        include=["metadatas", "distances"],
    )  # fmt: skip
    metadatas, distances = got["metadatas"], got["distances"]
    if not metadatas or not distances:
        return []
    return [
        Found(str(m["version"]), int(str(m["number"])), 1.0 - float(distance))
        for m, distance in zip(metadatas[0], distances[0], strict=True)
    ]


def faults() -> tuple[type[Exception], ...]:
    """What Chroma raises when its folder or its server is at fault."""
    import httpx
    from chromadb.errors import ChromaError

    return (ChromaError, httpx.HTTPError, ValueError, OSError, RuntimeError)


def unavailable(message: str) -> IndexUnavailable:
    return IndexUnavailable(message)
