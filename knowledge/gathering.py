"""Files, folders and zip files as people name them become documents to read, one after another."""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from foundation.errors import UnreadableDocument
from knowledge.sniffing import FileKind, is_litter, kind_of
from knowledge.unpacking import Member, members_of

_LARGEST: Final = 100_000_000
_TOO_LONG: Final = (errno.ENAMETOOLONG, errno.EINVAL)
_ZIP_START: Final = b"PK"


@dataclass(frozen=True, slots=True)
class Found:
    """A document: a file, or a member of a zip file, which then brings its bytes along."""

    path: Path
    inner: str = ""
    data: bytes | None = None

    @property
    def name(self) -> str:
        """The document's own name, by which it may be told what it is."""
        return self.inner.rpartition("/")[2] or self.path.name

    @property
    def label(self) -> str:
        """Where it was found, as people say it."""
        return f"{self.path}/{self.inner}" if self.inner else str(self.path)

    def read(self) -> bytes:
        """Its bytes; a file that cannot be read is refused with the reason."""
        return _bytes_of(self.path) if self.data is None else self.data


@dataclass(frozen=True, slots=True)
class Refused:
    """What was named or found and is no document, and why."""

    label: str
    reason: str


def gather(paths: Sequence[Path], *, largest: int = _LARGEST) -> Iterator[Found | Refused]:
    """Every document under the paths, folders searched deeply, in a stable order."""
    seen: set[Path] = set()
    for path in paths:
        try:
            real = path.resolve(strict=True)
            is_folder = real.is_dir()
        except (OSError, RuntimeError, ValueError) as error:
            yield Refused(str(path), _reason(error))
            continue
        files = _folder(path, real) if is_folder else iter([Found(path)])
        for file in files:
            if isinstance(file, Refused):
                yield file
            elif (place := file.path.resolve()) not in seen:
                seen.add(place)
                yield from _opened(file, largest)


def _folder(folder: Path, root: Path) -> Iterator[Found | Refused]:
    """The files of a folder and the folders in it; an empty one is told of."""
    nothing = True
    for found in _walk(folder, root):
        nothing = False
        yield found
    if nothing:
        yield Refused(str(folder), "This folder holds no documents: name another one.")


def _walk(folder: Path, root: Path) -> Iterator[Found | Refused]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Refused(str(folder), _reason(error))
        return
    for entry in entries:
        path = folder / entry.name
        if is_litter(entry.name):
            continue
        if entry.is_symlink():
            yield from _link(path, root)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        else:
            yield Found(path)


def _link(path: Path, root: Path) -> Iterator[Refused]:
    """A link within the folder leads to what is found anyway; any other is refused."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        yield Refused(str(path), _reason(error))
        return
    if not target.is_relative_to(root):
        yield Refused(str(path), "This link leads out of the folder: name its target itself.")


def _opened(file: Found, largest: int) -> Iterator[Found | Refused]:
    """The file itself, or the documents in it when it is a zip file of documents."""
    try:
        size, start = _size_and_start(file.path)
        if size > largest:
            raise UnreadableDocument(
                f"The file is larger than {largest // 1_000_000} MB: split it and add the parts."
            )
        data = _bytes_of(file.path) if start == _ZIP_START else b""
        if not data or kind_of(file.name, data) is not FileKind.ARCHIVE:
            yield file
            return
        for member in members_of(data, largest):
            yield _as_entry(file, member)
    except UnreadableDocument as error:
        yield Refused(file.label, str(error))


def _as_entry(file: Found, member: Member) -> Found | Refused:
    entry = Found(file.path, member.name, member.data)
    return Refused(entry.label, member.refusal) if member.refusal else entry


def _size_and_start(path: Path) -> tuple[int, bytes]:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableDocument("This is no ordinary file: add a document.")
        with path.open("rb") as file:
            return about.st_size, file.read(len(_ZIP_START))
    except OSError as error:
        raise UnreadableDocument(_reason(error)) from error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(_reason(error)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is nothing here: check the name."
    if isinstance(error, PermissionError):
        return "This may not be read: change its permissions or copy it."
    if isinstance(error, OSError) and error.errno in _TOO_LONG:
        return "The name is too long: shorten it."
    return "This cannot be opened: check the disk, or copy it elsewhere."
