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
        """Changes whenever somebody has written."""
        try:
            return (self.folder / "generation").read_text("utf-8")
        except OSError:
            return ""

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Whoever dies in here leaves a sign that the content may be half written."""
        sign = self.folder / "unfinished"
        sign.touch()
        yield
        part = self.folder / f"generation.{os.getpid()}"
        part.write_text(uuid.uuid4().hex, "utf-8")
        part.replace(self.folder / "generation")
        sign.unlink()

    @property
    def is_unfinished(self) -> bool:
        """True under the lock alone means that a writer has died."""
        return (self.folder / "unfinished").exists()

    def discard(self) -> None:
        """Throw the content away; it can be made anew."""
        if self.content.is_dir():
            shutil.rmtree(self.content)
        else:
            self.content.unlink(missing_ok=True)
        (self.folder / "unfinished").unlink(missing_ok=True)
