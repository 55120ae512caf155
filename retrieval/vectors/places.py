"""Where Chroma keeps its collections: what every place offers, and a folder of ours."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import numpy as np

from foundation.errors import IndexUnavailable
from retrieval.vectors.folder import VectorFolder

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ClientAPI

T = TypeVar("T")

# Opening a large folder takes its time: a reader spends a small share of its own on it.
_SHARE_OF_OPENING: Final = 20
_PROBED: Final = 10


class Damaged(IndexUnavailable):
    """The content of a folder cannot be trusted; the next writer begins it anew."""


class Place(Protocol):
    """What both offer; both raise IndexUnavailable."""

    def read(self, act: Callable[["ClientAPI"], T]) -> T: ...
    def write(self, act: Callable[["ClientAPI"], T]) -> T: ...


class FolderPlace:
    """Chroma in this process.

    Chroma itself keeps neither writers of several processes apart, nor readers from files that
    are being written (it can take the whole process down), nor does it see what others wrote:
    hence the lock, and hence opening again when the generation has changed.
    """

    def __init__(self, folder: VectorFolder) -> None:
        self._folder = folder
        self._guard = threading.RLock()
        self._client: ClientAPI | None = None
        self._seen = ""
        self._not_before = 0.0

    def read(self, act: Callable[["ClientAPI"], T]) -> T:
        try:
            return act(self._fresh())
        except faults():
            # Somebody may have begun the folder anew under our feet.
            client = self._reopened()
        try:
            return act(client)
        except faults() as error:
            raise _damaged() from error

    def write(self, act: Callable[["ClientAPI"], T]) -> T:
        with self._guard, self._folder.locked():
            client = self._current(repairing=True)
            with self._folder.changing():
                try:
                    done = act(client)
                except faults() as error:
                    raise IndexUnavailable(
                        "The vectors cannot be written; is the disk full, or the folder read-only?"
                    ) from error
            self._seen = self._folder.generation()
            return done

    def close(self) -> None:
        with self._guard:
            close_client(self._client)
            self._client = None

    def _fresh(self) -> "ClientAPI":
        """The client, opened again when others wrote; while they still write, as it was."""
        client = self._client
        resting = time.monotonic() < self._not_before
        if client is not None and (resting or self._folder.generation() == self._seen):
            return client
        with self._guard, self._folder.locked(waiting=self._client is None) as alone:
            if not alone and self._client is not None:
                return self._client
            return self._current(repairing=False)

    def _reopened(self) -> "ClientAPI":
        with self._guard, self._folder.locked():
            self.close()
            return self._current(repairing=False)

    def _current(self, *, repairing: bool) -> "ClientAPI":
        """Under the lock: a client that has seen everything that was written."""
        unfinished = self._folder.is_unfinished
        seen_all = self._folder.generation() == self._seen
        if self._client is not None and seen_all and not unfinished:
            return self._client
        self.close()
        if unfinished and repairing:
            self._folder.discard()
        elif unfinished:
            raise _damaged()
        start = time.monotonic()
        self._client = self._open(repairing=repairing)
        self._seen = self._folder.generation()
        now = time.monotonic()
        self._not_before = now + _SHARE_OF_OPENING * (now - start)
        return self._client

    def _open(self, *, repairing: bool) -> "ClientAPI":
        try:
            return _embedded(self._folder)
        except faults() as error:
            if not repairing:
                raise _damaged() from error
        try:
            self._folder.discard()
            return _embedded(self._folder)
        except faults() as error:
            raise IndexUnavailable(
                f"The folder {self._folder.folder} cannot be used; can it be written?"
            ) from error


def _embedded(folder: VectorFolder) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    if not folder.is_complete:
        raise ValueError("files are missing")
    try:
        client = chromadb.PersistentClient(
            str(folder.content), settings=Settings(anonymized_telemetry=False)
        )
    except AttributeError as error:
        # Chroma stumbles over what it never opened, and hides why it could not be opened.
        raise ValueError("the database does not open") from error
    try:
        _probe(client)
    except faults():
        close_client(client)
        raise
    return client


def _probe(client: "ClientAPI") -> None:
    """Load every collection now, under the lock, and see that it finds what it holds."""
    for collection in client.list_collections():
        dimensions = int((collection.metadata or {}).get("dimensions", 0))
        wanted = min(_PROBED, collection.count())
        if not dimensions or not wanted:
            continue
        got = collection.query(
            query_embeddings=np.ones((1, dimensions), np.float32), n_results=wanted, include=[]
        )
        if len(got["ids"][0]) < wanted:
            raise ValueError("vectors are missing")


def sessions_of(client: "ClientAPI") -> list["httpx.Client"]:
    """The connections of a client: Chroma waits on them for ever, and closes none of them."""
    owners = (client, getattr(client, "_admin_client", None))
    found = (getattr(getattr(owner, "_server", None), "_session", None) for owner in owners)
    return [session for session in found if session is not None]


def close_client(client: "ClientAPI | None") -> None:
    if client is None:
        return
    sessions = sessions_of(client)
    with suppress(*faults()):
        client.close()  # type: ignore[attr-defined]
    for session in sessions:
        session.close()


def _damaged() -> Damaged:
    return Damaged(
        "The vectors are damaged; searching by words goes on, and “libcoach documents check” "
        "makes them anew."
    )


def faults() -> tuple[type[Exception], ...]:
    """What Chroma raises when its folder or its server is at fault."""
    import httpx
    from chromadb.errors import ChromaError

    return (ChromaError, httpx.HTTPError, ValueError, OSError, RuntimeError)
