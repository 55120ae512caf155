"""The documents in a zip file, each taken out or refused on its own; nothing touches the disk."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from knowledge.readers.archive import is_inside, is_locked, open_safely
from knowledge.readers.decoding import decode
from knowledge.sniffing import FileKind, is_litter, kind_of

_UTF8_NAME: Final = 0x800
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError,
    EOFError, OSError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a zip file: its name and bytes, or why it is refused."""

    name: str
    data: bytes = b""
    refusal: str = ""


def members_of(data: bytes, largest: int) -> Iterator[Member]:
    """The documents in a zip file by name; one that is damaged or hostile is refused alone."""
    nothing = True
    with open_safely(data) as archive:
        named = [(_name(info), info) for info in archive.infolist() if not info.is_dir()]
        for name, info in sorted(named, key=lambda pair: pair[0]):
            if any(is_litter(part) for part in PurePosixPath(name).parts if part != ".."):
                continue
            nothing = False
            yield _member(archive, info, name, largest)
    if nothing:
        yield Member("", refusal="This zip file holds no documents: add another one.")


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name as it was meant: Chinese Windows writes GBK and does not say so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return decode(info.filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, largest: int) -> Member:
    if not is_inside(name):
        return Member(name, refusal="The name leads out of the zip file: unpack it yourself.")
    if is_locked(info):
        return Member(name, refusal="The file has a password: remove the password and add it.")
    if info.file_size > largest:
        limit = largest // 1_000_000
        return Member(name, refusal=f"The file is larger than {limit} MB: split it.")
    try:
        data = archive.read(info)
    except _DAMAGE:
        return Member(name, refusal="The file is damaged inside the zip file: pack it anew.")
    if kind_of(name, data) is FileKind.ARCHIVE:
        return Member(name, refusal="This is a zip file within a zip file: unpack it first.")
    return Member(name, data)
