"""The vectors that a model makes of passages: one Chroma collection a model."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from retrieval.embedding import Embedder, Vectors
from retrieval.lexical import Found
from retrieval.segment import Text
from retrieval.vectors.places import Damaged, Place

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as Kept

# A heading of a few letters says nothing by its meaning that its letters do not say better.
_LEAST_LETTERS: Final = 8
_BATCH: Final = 1000
_PREFIX: Final = "passages-"


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
    """The vectors of one model; every method raises IndexUnavailable when its place is away."""

    place: Place
    embedder: Embedder
    setting: str = ""
    _handles: list[tuple["ClientAPI", "Kept"]] = field(default_factory=list, compare=False)

    @property
    def model(self) -> Model:
        return Model(self.embedder.name, self.setting)

    def put(self, texts: Sequence[Text]) -> None:
        """Add the passages of whole versions; those that are there already stay as they are."""
        there = self._there({text.version for text in texts})
        records = _records([text for text in texts if text.version not in there])
        for start in range(0, len(records), _BATCH):
            self._upsert(records[start : start + _BATCH])

    def remove(self, versions: Iterable[str]) -> None:
        remove_from(self.place, self.model, versions)

    def versions(self, among: Collection[str] | None = None) -> set[str]:
        """The versions of which every passage is in; only some of them when these are given."""
        return versions_in(self.place, self.model, among)

    def halves(self) -> set[str]:
        """The versions of which some passages are in and others not: their writer died."""
        name = self.model.collection
        return self.place.read(lambda client: _marked(client, name, "first")) - self.versions()

    def search(self, vector: Vectors, k: int, live: Collection[str] | None = None) -> list[Found]:
        """The passages that mean most nearly the same; only of `live` versions when given."""
        if (live is not None and not live) or not np.any(vector):
            return []
        more = k if live is None else 2 * k
        found = self._query(vector, more)
        kept = [f for f in found if live is None or f.version in live]
        if live is None or len(kept) >= k or len(found) < more:
            return kept[:k]
        return self._query(vector, k, {"version": {"$in": sorted(live)}})

    def _there(self, versions: set[str]) -> set[str]:
        try:
            return self.versions(versions)
        except Damaged:
            return set()

    def _upsert(self, records: Sequence["_Record"]) -> None:
        ids = [_id(r.text) for r in records]
        vectors = self.embedder.embed([embedded(r.text) for r in records])
        said: Any = [
            {"version": r.text.version, "number": r.text.number, "first": r.first, "last": r.last}
            for r in records
        ]
        self.place.write(
            lambda client: self._collection(client).upsert(
                ids=ids, embeddings=vectors, metadatas=said
            )
        )

    def _query(self, vector: Vectors, k: int, where: Any = None) -> list[Found]:
        return self.place.read(lambda client: _query(self._handle(client), vector, k, where))

    def _handle(self, client: "ClientAPI") -> "Kept | None":
        """The collection, looked up once a client: that takes as long as searching in it."""
        for known, kept in self._handles:
            if known is client:
                return kept
        found = _existing(client, self.model.collection)
        if found is not None:
            self._handles[:] = [(client, found)]
        return found

    def _collection(self, client: "ClientAPI") -> "Kept":
        said = {
            "model": self.embedder.name, "setting": self.setting,
            "dimensions": self.embedder.dimensions,
        }  # fmt: skip
        return client.get_or_create_collection(
            self.model.collection, metadata=said, embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
        )  # fmt: skip


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


def versions_in(place: Place, model: Model, among: Collection[str] | None = None) -> set[str]:
    return place.read(lambda client: _marked(client, model.collection, "last", among))


def remove_from(place: Place, model: Model, versions: Iterable[str]) -> None:
    gone = sorted(set(versions))
    if gone:
        place.write(lambda client: _delete(client, model.collection, gone))


def drop_model(place: Place, model: Model) -> None:
    place.write(lambda client: client.delete_collection(model.collection))


@dataclass(frozen=True, slots=True)
class _Record:
    """A passage that gets a vector; the last of each version makes the version whole."""

    text: Text
    first: bool
    last: bool


def _records(texts: Sequence[Text]) -> list[_Record]:
    versions: dict[str, list[Text]] = {}
    for text in texts:
        versions.setdefault(text.version, []).append(text)
    records: list[_Record] = []
    for every in versions.values():
        telling = [text for text in every if _tells(text.body)] or every[-1:]
        records += [_Record(text, text is telling[0], text is telling[-1]) for text in telling]
    return records


def _tells(body: str) -> bool:
    return sum(map(str.isalnum, body)) >= _LEAST_LETTERS


def _existing(client: "ClientAPI", name: str) -> "Kept | None":
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        return None


def _marked(
    client: "ClientAPI", name: str, mark: str, among: Collection[str] | None = None
) -> set[str]:
    """The versions with a passage of such a mark."""
    kept = _existing(client, name)
    if kept is None or (among is not None and not among):
        return set()
    where: Any = {mark: True}
    if among is not None:
        where = {"$and": [where, {"version": {"$in": sorted(among)}}]}
    got = kept.get(where=where, include=["metadatas"])
    return {str(metadata["version"]) for metadata in got["metadatas"] or ()}


def _delete(client: "ClientAPI", name: str, versions: Sequence[str]) -> None:
    kept = _existing(client, name)
    if kept is not None:
        for start in range(0, len(versions), _BATCH):
            where: Any = {"version": {"$in": list(versions[start : start + _BATCH])}}
            kept.delete(where=where)


def _query(kept: "Kept | None", vector: Vectors, k: int, where: Any) -> list[Found]:
    if kept is None:
        return []
    # Their ids say it all; what is said beside them takes longer to fetch than to search.
    got = kept.query(
        query_embeddings=vector.reshape(1, -1), n_results=k, where=where, include=["distances"]
    )
    if not got["distances"]:
        return []
    found = zip(got["ids"][0], got["distances"][0], strict=True)
    return [_found(id_, 1.0 - float(distance)) for id_, distance in found]


def _id(text: Text) -> str:
    return f"{text.version}:{text.number}"


def _found(id_: str, score: float) -> Found:
    version, _, number = id_.rpartition(":")
    return Found(version, int(number), score)
