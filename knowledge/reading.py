"""Reading files in child processes, so that no file can hang, bloat or crash the program."""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path
from queue import LifoQueue
from threading import Lock
from typing import Any, Final, Self

from foundation.errors import UnreadableDocument
from knowledge.document import Reading
from knowledge.reading_worker import CANNOT_START, READ, REFUSED, TOO_LARGE

_ACT: Final = "knowledge.readers.dispatch:read"
_ROOT: Final = Path(__file__).parents[1]
_LOOK_AHEAD: Final = 2
_TOO_MUCH: Final = (
    "The file needs more memory than a document may: split it into smaller files and add those."
)
_BROKE: Final = (
    "The file cannot be read, it may be damaged: open it, save it anew or as PDF, and add that."
)
_INCOMPLETE: Final = (
    "No file can be read here, the installation is incomplete: run `make setup` and add it again."
)


@dataclass(frozen=True)
class Limits:
    """What one file may take: wall-clock time, memory, and its own size."""

    seconds: float = 60
    memory_bytes: int = 1_200_000_000
    file_bytes: int = 100_000_000


class _Worker:
    """One child process and the channel to it."""

    def __init__(self, act: str, limits: Limits) -> None:
        ours, theirs = Pipe()
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
        module = ["-B", "-P", "-m", "knowledge.reading_worker"]
        given = [str(theirs.fileno()), act, str(limits.memory_bytes), str(limits.seconds)]
        with theirs:
            # Our own interpreter and module, and no shell.
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, *module, *given],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        self._channel = ours
        self._seconds = limits.seconds
        self._is_fit = True

    @property
    def is_fit(self) -> bool:
        """Whether it may read another file."""
        return self._is_fit and self._process.poll() is None

    def read(self, name: str, data: bytes) -> Reading:
        """What the child makes of a file; one that dies or dawdles over it reads no more."""
        self._is_fit = False
        try:
            self._channel.send((name, data))
            if not self._channel.poll(self._seconds):
                raise UnreadableDocument(_too_slow(self._seconds))
            # From our own child, over a pipe that nobody else holds.
            outcome, value, is_weary = pickle.loads(self._channel.recv_bytes())  # noqa: S301
        except (EOFError, OSError) as error:
            raise UnreadableDocument(_INCOMPLETE if self._never_began() else _BROKE) from error
        self._is_fit = not is_weary
        return _value(outcome, value)

    def _never_began(self) -> bool:
        try:
            return self._process.wait(timeout=5) == CANNOT_START
        except subprocess.TimeoutExpired:
            return False

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._channel.close()
        if self._process.stdin:
            self._process.stdin.close()


class ReadingPool:
    """Child processes that each read one file after another; use it in a `with` block."""

    def __init__(self, *, workers: int = 1, limits: Limits | None = None, act: str = _ACT) -> None:
        self._limits = limits or Limits()
        self._act = act
        self._workers = workers
        self._idle: LifoQueue[_Worker | None] = LifoQueue()
        self._live: set[_Worker] = set()
        self._changing = Lock()
        self._is_closed = False
        for _ in range(workers):
            self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every child, whatever it is doing."""
        with self._changing:
            self._is_closed = True
            for worker in self._live:
                worker.end()
            self._live.clear()

    def read(self, name: str, data: bytes) -> Reading:
        """What a file says, or a refusal that says what to do; may be called from any thread."""
        largest = self._limits.file_bytes
        if len(data) > largest:
            raise UnreadableDocument(
                f"The file is larger than {largest // 1_000_000} MB: split it and add the parts."
            )
        worker = self._idle.get()
        try:
            if worker is None or not worker.is_fit:
                self._retire(worker)
                worker = self._fresh()
            return worker.read(name, data)
        finally:
            if worker is not None and not worker.is_fit:
                self._retire(worker)
                worker = None
            self._idle.put(worker)

    def read_each(
        self, files: Iterable[tuple[str, bytes]]
    ) -> Iterator[Reading | UnreadableDocument]:
        """What each file says, or its refusal as a value, in order; all children read at once."""
        waiting: deque[Future[Reading]] = deque()
        with ThreadPoolExecutor(self._workers, thread_name_prefix="reading") as threads:
            try:
                for name, data in files:
                    waiting.append(threads.submit(self.read, name, data))
                    if len(waiting) > _LOOK_AHEAD * self._workers:
                        yield _settled(waiting.popleft())
                while waiting:
                    yield _settled(waiting.popleft())
            except BaseException:
                # The reader of this list has left, or was interrupted: nobody waits for the rest.
                for future in waiting:
                    future.cancel()
                self.close()
                raise

    def _fresh(self) -> _Worker:
        with self._changing:
            if self._is_closed:
                raise UnreadableDocument("Reading was stopped: add the file again.")
            worker = _Worker(self._act, self._limits)
            self._live.add(worker)
            return worker

    def _retire(self, worker: _Worker | None) -> None:
        if worker is not None:
            with self._changing:
                self._live.discard(worker)
                worker.end()


def read_file(path: Path, *, limits: Limits | None = None) -> Reading:
    """What one file says; for many files, keep a `ReadingPool`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument("The file cannot be opened: check its name and rights.") from error
    with ReadingPool(limits=limits) as pool:
        return pool.read(path.name, data)


def _settled(future: Future[Reading]) -> Reading | UnreadableDocument:
    try:
        return future.result()
    except UnreadableDocument as error:
        return error


def _value(outcome: str, value: Any) -> Reading:
    if outcome == READ:
        reading: Reading = value
        return reading
    if outcome == REFUSED:
        raise UnreadableDocument(value)
    if outcome == TOO_LARGE:
        raise UnreadableDocument(_TOO_MUCH)
    error = UnreadableDocument(_BROKE)
    error.add_note(value)
    raise error


def _too_slow(seconds: float) -> str:
    time = "a minute" if seconds == 60 else f"{seconds:g} seconds"
    return f"The file took longer than {time} to read: split it into smaller files and add those."
