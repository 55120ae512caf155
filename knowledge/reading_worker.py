"""The child process that reads files: `python -m knowledge.reading_worker`, started by reading."""

import importlib
import os
import pickle
import resource
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from foundation.errors import AppError

# What becomes of a file.
READ: Final = "read"
REFUSED: Final = "refused"
TOO_LARGE: Final = "too large"
FAILED: Final = "failed"

# The exit status of a child that lacks what it reads with.
CANNOT_START: Final = 70

_SPARE_CPU_SECONDS: Final = 10
# A worker that has grown to this share of its memory is replaced by a fresh one.
_WEARY: Final = 0.6
_MEMORY_NOW: Final = Path("/proc/self/statm")


def main() -> None:
    """Read files from the connection named in the arguments until it closes."""
    channel, act, memory, seconds = sys.argv[1:5]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _confine(int(memory))
    reader = _reader(act)
    with Connection(int(channel)) as connection:
        while True:
            try:
                file_name, data = connection.recv()
            except EOFError:
                return
            _allow_cpu(float(seconds))
            connection.send_bytes(_outcome(reader, file_name, data, int(memory)))


def _reader(act: str) -> Callable[[str, bytes], Any]:
    module, _, name = act.partition(":")
    try:
        reader: Callable[[str, bytes], Any] = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError):
        sys.exit(CANNOT_START)
    return reader


def _die_with_parent() -> None:
    """Standard input is a pipe that the parent holds open for as long as it lives."""
    os.read(0, 1)
    os._exit(1)


def _confine(memory: int) -> None:
    """No more memory than allowed, no file written, no core dumped."""
    # Not the address space: libraries reserve far more of that than they use.
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_cpu(seconds: float) -> None:
    """Should the parent be gone and this process beyond reach, it ends all the same."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    allowed = int(spent + seconds * (os.cpu_count() or 1)) + _SPARE_CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))


def _outcome(reader: Callable[[str, bytes], Any], name: str, data: bytes, memory: int) -> bytes:
    try:
        outcome, value = READ, reader(name, data)
    except AppError as error:
        outcome, value = REFUSED, str(error)
    except MemoryError:
        outcome, value = TOO_LARGE, ""
    except Exception:  # noqa: BLE001 - whatever a hostile file provokes is told, not passed on
        outcome, value = FAILED, traceback.format_exc()
    is_weary = _resident() > _WEARY * memory
    return pickle.dumps((outcome, value, is_weary), protocol=pickle.HIGHEST_PROTOCOL)


def _resident() -> int:
    """The memory in use now; the peak that the system keeps may be the parent's, by inheritance."""
    try:
        pages = int(_MEMORY_NOW.read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
