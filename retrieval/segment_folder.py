"""The folder of the lexical index: which segments count, one writer at a time, sound or not."""

import fcntl
import json
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any, Final, TextIO

from foundation.errors import IndexUnavailable
from retrieval import segment as segments
from retrieval.segment import Segment

_FORMAT: Final = 4
_MERGE_AT: Final = 8
_LARGEST_MERGED: Final = 60_000
_DAMAGED: Final = "The search index is damaged; “libcoach documents check” makes it anew."


@dataclass
class SegmentFolder:
    """`manifest.json` says which segments and versions count; it is replaced, never written into.

    Reading waits for no writer: what was published stays until something else is published.
    """

    folder: Path
    _loaded: dict[str, Segment] = field(default_factory=dict)
    _seen: tuple[int, int] | None = None
    _names: list[str] = field(default_factory=list)
    _removed: set[str] = field(default_factory=set)
    _held: set[str] = field(default_factory=set)
    _lock: RLock = field(default_factory=RLock)

    def segments(self) -> list[Segment]:
        """Every segment as it was last published, by whichever process."""
        with self._lock:
            while True:
                seen = self._refresh()
                try:
                    return [self._open(name) for name in self._names]
                except (OSError, ValueError, KeyError, EOFError) as error:
                    # A segment that was merged away meanwhile is not damaged.
                    if self._refresh() == seen:
                        raise IndexUnavailable(_DAMAGED) from error

    def removed(self) -> set[str]:
        return self._removed

    def held(self) -> set[str]:
        """The versions that are there; the same set as long as nothing is published."""
        with self._lock:
            parts = self.segments()
            if not self._held:
                self._held = {v for part in parts for v in part.versions} - self._removed
            return self._held

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time, in this process and any other; what goes wrong is not published."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self.segments()
                yield
        except OSError as error:
            raise _closed(self.folder, "written", error) from error
        finally:
            self._seen = None

    @contextmanager
    def adding(self) -> Iterator[None]:
        """Together with others who add, and with nobody who sweeps."""
        with self._beside() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    @contextmanager
    def sweeping(self) -> Iterator[bool]:
        """Alone, while nobody adds; else False."""
        if self.folder.exists() and not self.folder.is_dir():
            # Something else lies in its place, so that nobody can be adding.
            yield True
            return
        with self._beside() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                alone = True
            except BlockingIOError:
                alone = False
            yield alone

    def _beside(self) -> TextIO:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return (self.folder / "adding").open("w")
        except OSError as error:
            raise _closed(self.folder, "written", error) from error

    def publish(self, fresh: Segment | None, without: Iterable[str], removed: set[str]) -> None:
        """Point to the segments at once: a fresh one, and the others `without` some versions."""
        gone = set(without)
        names = list(self._names)
        hit = [n for n in names if gone.intersection(self._open(n).versions)]
        names = self._merged(names, hit, gone | removed)
        if fresh is not None:
            names.append(self._saved(fresh))
        small = [n for n in names if self._open(n).size < _LARGEST_MERGED]
        if len(small) >= _MERGE_AT:
            names = self._merged(names, small, removed)
        there = {v for n in names for v in self._open(n).versions}
        self._write_manifest(names, removed & there)

    def clear(self) -> None:
        """Forget everything, also when what is there cannot be read."""
        try:
            if not self.folder.is_dir():
                self.folder.unlink(missing_ok=True)
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._write_manifest([], set())
        except OSError as error:
            raise _closed(self.folder, "written", error) from error
        finally:
            self._seen = None

    def prove(self) -> None:
        """Read every byte and hold it against the sum that was taken when it was written."""
        with self.writing():
            if not all(segments.is_sound(self.folder / name) for name in self._names):
                raise IndexUnavailable(_DAMAGED)

    def _refresh(self) -> tuple[int, int]:
        """See what another process published since."""
        path = self.folder / "manifest.json"
        try:
            status = path.stat()
            seen = (status.st_mtime_ns, status.st_ino)
            kept = json.loads(path.read_text("utf-8")) if seen != self._seen else None
        except (FileNotFoundError, NotADirectoryError):
            seen, kept = (0, 0), _empty()
        except OSError as error:
            raise _closed(path, "read", error) from error
        except ValueError as error:
            raise IndexUnavailable(_DAMAGED) from error
        if kept is not None:
            self._take(kept)
            self._seen = seen
        return seen

    def _take(self, manifest: Any) -> None:
        try:
            known = manifest if manifest["format"] == _FORMAT else _empty()
            self._names, self._removed = list(known["segments"]), set(known["removed"])
        except (KeyError, TypeError, ValueError) as error:
            raise IndexUnavailable(_DAMAGED) from error
        self._held = set()
        self._loaded = {name: s for name, s in self._loaded.items() if name in self._names}

    def _open(self, name: str) -> Segment:
        with self._lock:
            if name not in self._loaded:
                self._loaded[name] = segments.load(self.folder / name)
            return self._loaded[name]

    def _saved(self, segment: Segment) -> str:
        # Never a name that was used before: other processes keep open what they know by name.
        name = f"segment-{uuid.uuid4().hex[:16]}"
        segments.save(segment, self.folder / name)
        return name

    def _merged(self, names: list[str], several: list[str], gone: set[str]) -> list[str]:
        if not several:
            return names
        merged = segments.merge([self._open(n) for n in several], gone)
        others = [n for n in names if n not in several]
        return [*others, self._saved(merged)] if merged.size else others

    def _write_manifest(self, names: list[str], removed: set[str]) -> None:
        """Point to what counts now, then clear away what nobody points to."""
        manifest = {"format": _FORMAT, "segments": names, "removed": sorted(removed)}
        path = self.folder / "manifest.json"
        part = path.with_suffix(".part")
        part.write_text(json.dumps(manifest), "utf-8")
        part.replace(path)
        for other in self.folder.iterdir():
            if other.name.startswith("segment-") and other.name not in names:
                shutil.rmtree(other, ignore_errors=True)


def _empty() -> dict[str, Any]:
    return {"format": _FORMAT, "segments": [], "removed": []}


def _closed(place: Path, done: str, error: OSError) -> IndexUnavailable:
    return IndexUnavailable(
        f"The search index {place} cannot be {done}: {error.strerror or error}."
    )
