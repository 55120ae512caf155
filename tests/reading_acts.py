"""What a child process may do with a file, for the tests of reading; named as `module:function`."""

import ctypes
import os
import time
from collections.abc import Callable
from pathlib import Path

from foundation.errors import UnreadableDocument

_HELD: list[bytearray] = []


def obey(name: str, data: bytes) -> object:
    """Does what the file's name says, or tells which process got how much."""
    acts: dict[str, Callable[[str], object]] = {
        "sleep": lambda _: time.sleep(3600),
        "spin": _spin,
        "eat": lambda _: len(bytearray(600_000_000)),
        "grow": lambda _: _HELD.append(bytearray(260_000_000)),
        "leave": lambda _: os._exit(3),
        "crash": lambda _: ctypes.string_at(0),
        "talk": lambda _: os.write(1, b"noise"),
        "say much": lambda _: "馆" * 20_000_000,
        "write": lambda path: Path(path).write_bytes(b"x" * 100),
        "refuse": _refuse,
        "fail": lambda _: [][1],
        "recurse": lambda _: _recurse(0),
    }
    act = acts.get(name)
    return act(data.decode()) if act else (name, len(data), os.getpid())


def _spin(_: str) -> None:
    while True:
        pass


def _refuse(_: str) -> None:
    raise UnreadableDocument("This is refused: do something else.")


def _recurse(depth: int) -> int:
    return _recurse(depth + 1) + 1
