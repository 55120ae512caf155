"""A folder that one writer at a time may change: its lock, its generation, its unfinished work."""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class VectorFolder:
    """`content` is the database's own; what stands beside it says whether it can be trusted."""

    folder: Path

    @property
    def content(self) -> Path:
        try:
            return self.folder / (self.folder / "content").read_text("utf-8")
        except OSError:
            return self.folder / "chroma"

    @contextmanager
    def locked(self, *, waiting: bool = True) -> Iterator[bool]:
        """Alone with the folder, in this process and any other; False: somebody else is."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if waiting else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                yield True

    def generation(self) -> str:
        """Changes whenever somebody has written; names the files that were there then."""
        try:
            return (self.folder / "generation").read_text("utf-8")
        except OSError:
            return ""

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Whoever dies in here leaves a sign that the content may be half written."""
        sign = self.folder / "unfinished"
        sign.touch()
        try:
            yield
        except (KeyboardInterrupt, SystemExit):
            # A person who stops us is heard between two steps of Chroma, never within one.
            self._publish()
            raise
        self._publish()

    def _publish(self) -> None:
        files = (str(path.relative_to(self.folder)) for path in self.content.rglob("*.*"))
        self._write("generation", "\n".join((uuid.uuid4().hex, *sorted(files))))
        (self.folder / "unfinished").unlink()

    @property
    def is_complete(self) -> bool:
        """Whether every file is there that the last writer left."""
        return all((self.folder / name).exists() for name in self.generation().split("\n")[1:])

    @property
    def is_unfinished(self) -> bool:
        """True under the lock alone means that a writer has died."""
        return (self.folder / "unfinished").exists()

    def discard(self) -> None:
        """Throw the content away; it can be made anew, under a new name.

        Chroma remembers the folders that it failed to open, and never tries them again.
        """
        old = self.content
        self._write("generation", uuid.uuid4().hex)
        self._write("content", f"chroma-{uuid.uuid4().hex[:8]}")
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
        (self.folder / "unfinished").unlink(missing_ok=True)

    def _write(self, name: str, text: str) -> None:
        part = self.folder / f"{name}.{os.getpid()}"
        part.write_text(text, "utf-8")
        part.replace(self.folder / name)
