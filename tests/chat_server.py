"""A chat endpoint for tests: speaks the OpenAI protocol, streaming included, and plays any part."""

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PASSAGE = re.compile(r'<passage number="(\d+)"[^>]*>(.*?)</passage>', re.S)


@dataclass
class Request:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def passages(self) -> dict[int, str]:
        return {int(number): text for number, text in PASSAGE.findall(self.prompt)}

    def number_of(self, words: str) -> int:
        """The number of the passage that holds some words; 1 when none does."""
        return next((n for n, text in self.passages.items() if words in text), 1)


class _Handler(BaseHTTPRequestHandler):
    """One exchange; the play that the server is given decides how it goes."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        body = json.loads(self.rfile.read(length))
        request = Request(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        self.server.owner.requests.append(request)
        try:
            self.server.owner.next_play()(self, request)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, status: int, body: str, headers: dict[str, str] | None = None) -> None:
        encoded = body.encode()
        self.send_response(status)
        for name, value in {"content-type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(encoded)))
        self.end_headers()
        self.wfile.write(encoded)

    def open_stream(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True

    def event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


Play = Callable[[_Handler, Request], None]
Speech = str | dict[str, Any] | Callable[[Request], "str | dict[str, Any]"]


def chunk(text: str, finish: str | None = None) -> str:
    delta = {"content": text} if text else {}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    kind = "chat.completion.chunk"
    return json.dumps({"id": "1", "object": kind, "created": 0, "model": "m", "choices": [choice]})


def completion(text: str) -> str:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    kind = "chat.completion"
    return json.dumps({"id": "1", "object": kind, "created": 0, "model": "m", "choices": [choice]})


def says(speech: Speech, *, pause: float = 0.0, piece: int = 7) -> Play:
    """Answers, in pieces where a stream is asked for, with a pause after each."""

    def play(handler: _Handler, request: Request) -> None:
        text = _text_of(speech, request)
        if not request.body.get("stream"):
            handler.send(200, completion(text))
            return
        handler.open_stream()
        for start in range(0, len(text), piece):
            handler.event(chunk(text[start : start + piece]))
            time.sleep(pause)
        handler.event(chunk("", "stop"))
        handler.event("[DONE]")

    return play


def breaks_off(speech: Speech, *, share: float = 0.5) -> Play:
    """Closes the connection in the middle of what it says."""

    def play(handler: _Handler, request: Request) -> None:
        text = _text_of(speech, request)
        handler.open_stream()
        handler.event(chunk(text[: int(len(text) * share)]))

    return play


def stalls(seconds: float) -> Play:
    """Takes the question and is silent for a while, then closes the connection."""

    def play(handler: _Handler, _: Request) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return play


def fails(status: int, headers: dict[str, str] | None = None, body: str = "") -> Play:
    error = json.dumps({"error": {"message": body or f"status {status}", "type": "error"}})

    def play(handler: _Handler, _: Request) -> None:
        handler.send(status, error, headers)

    return play


def sends(body: str, content_type: str = "application/json") -> Play:
    """Answers with just these words, whatever was asked."""

    def play(handler: _Handler, _: Request) -> None:
        handler.send(200, body, {"content-type": content_type})

    return play


def refuses_unless(acceptable: Callable[[Request], bool], speech: Speech) -> Play:
    """Refuses a request that is put in a way it does not take."""

    def play(handler: _Handler, request: Request) -> None:
        chosen = says(speech) if acceptable(request) else fails(400)
        chosen(handler, request)

    return play


def _text_of(speech: Speech, request: Request) -> str:
    said = speech(request) if callable(speech) else speech
    return said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)


@dataclass
class ChatServer:
    """A server that plays its parts in turn, the last one for ever."""

    plays: list[Play]
    requests: list[Request] = field(default_factory=list)
    url: str = ""

    def next_play(self) -> Play:
        return self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    owner: ChatServer


@contextmanager
def chat_server(*plays: Play) -> Iterator[ChatServer]:
    """A server of its own on this machine, for as long as the block lasts."""
    owner = ChatServer(list(plays))
    server = _Server(("127.0.0.1", 0), _Handler)
    server.owner = owner
    owner.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield owner
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def address_of_nobody() -> str:
    """An address on this machine at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return f"http://127.0.0.1:{port}/v1"
