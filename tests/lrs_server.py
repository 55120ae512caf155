"""A learning record store over real HTTP that keeps statements, and can be told to misbehave."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Takes the statements, and then says nothing any more: an answer that is lost.
LOST = "lost"
# Says nothing until whoever asked has given up.
SILENT = "silent"


@dataclass
class LearningRecordStore:
    """`script` says how the next calls are answered: a status, LOST or SILENT; then as it should.

    A batch is taken as a whole or not at all; `refuses` are ids of statements it finds faulty.
    """

    key: str | None = None
    secret: str = ""
    script: list[int | str] = field(default_factory=list)
    retry_after: str | None = None
    refuses: set[str] = field(default_factory=set)
    stored: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[list[str]] = field(default_factory=list)
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, statements: list[dict[str, Any]]) -> int:
        known = [self.stored.get(one["id"]) for one in statements]
        if any(there not in (None, one) for there, one in zip(known, statements, strict=True)):
            return 409
        if any(one["id"] in self.refuses for one in statements):
            return 400
        self.stored |= {one["id"]: one for one in statements}
        return 204 if all(known) else 200


class _Handler(BaseHTTPRequestHandler):
    store: LearningRecordStore

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        statements = json.loads(body)
        with self.store.lock:
            self.store.calls.append([one["id"] for one in statements])
            status = self._status(statements)
        if status == SILENT:
            time.sleep(1)
        if isinstance(status, str):
            self.close_connection = True
            return
        self.send_response(status)
        if self.store.retry_after and status in (429, 503):
            self.send_header("Retry-After", self.store.retry_after)
        if status in (301, 302, 307):
            self.send_header("Location", self.path)
        said = b"" if status == 204 else json.dumps({"said": "机器"}).encode()
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def _status(self, statements: list[dict[str, Any]]) -> int | str:
        if self.path != "/xAPI/statements":
            return 404
        if self.store.key is not None and self.headers["Authorization"] != self._wanted():
            return 401
        if self.headers["X-Experience-API-Version"] != "1.0.3":
            return 400
        if self.store.script:
            told = self.store.script.pop(0)
            if told == LOST:
                self.store.answer(statements)
            return told
        return self.store.answer(statements)

    def _wanted(self) -> str:
        said = f"{self.store.key}:{self.store.secret}".encode()
        return f"Basic {base64.b64encode(said).decode()}"

    def log_message(self, *_given: Any) -> None:
        """Keep the output for the tests'."""


@contextmanager
def lrs_server(**values: Any) -> Iterator[LearningRecordStore]:
    store = LearningRecordStore(**values)
    handler = type("Handler", (_Handler,), {"store": store})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    store.url = f"http://127.0.0.1:{server.server_port}/xAPI"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
