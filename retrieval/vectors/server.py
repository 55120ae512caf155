"""A Chroma server, which may be away."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from foundation.errors import IndexUnavailable
from retrieval.vectors.folder import VectorFolder
from retrieval.vectors.places import FolderPlace, Place, close_client, faults, sessions_of

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

T = TypeVar("T")

_PATIENCE_SECONDS: Final = 5.0
_HEARTBEAT_SECONDS: Final = 2.0


class ServerPlace:
    """Chroma as a server, which may be away."""

    def __init__(self, url: str, *, rest_seconds: float = 30.0) -> None:
        self._url = url
        self._rest = rest_seconds
        self._client: ClientAPI | None = None
        self._away_until = 0.0

    def read(self, act: Callable[["ClientAPI"], T]) -> T:
        if time.monotonic() < self._away_until:
            raise self._away()
        return self.write(act)

    def write(self, act: Callable[["ClientAPI"], T]) -> T:
        try:
            if self._client is None:
                self._client = _connected(self._url)
            return act(self._client)
        except faults() as error:
            self.close()
            self._away_until = time.monotonic() + self._rest
            raise self._away() from error

    def close(self) -> None:
        close_client(self._client)
        self._client = None

    def _away(self) -> IndexUnavailable:
        return IndexUnavailable(
            f"The Chroma server at {self._url} does not answer; searching by words goes on."
        )


def open_place(folder: VectorFolder, url: str | None) -> Place:
    return ServerPlace(url) if url else FolderPlace(folder)


def _connected(url: str) -> "ClientAPI":
    import chromadb
    import httpx
    from chromadb.config import Settings

    httpx.get(f"{url}/api/v2/heartbeat", timeout=_HEARTBEAT_SECONDS).raise_for_status()
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    client = chromadb.HttpClient(
        host=parts.hostname or "", port=parts.port or (443 if secure else 80), ssl=secure,
        settings=Settings(anonymized_telemetry=False),
    )  # fmt: skip
    for session in sessions_of(client):
        session.timeout = httpx.Timeout(_PATIENCE_SECONDS)
    return client
