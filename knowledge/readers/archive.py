"""Opening a zip container only when unpacking it is safe."""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from foundation.errors import UnreadableDocument

_MOST_MEMBERS: Final = 20_000
_MOST_BYTES: Final = 300_000_000
_HIGHEST_RATIO: Final = 200
_RATIO_MATTERS_FROM: Final = 10_000_000
_LOCKED: Final = 0x1


def open_archive(data: bytes) -> zipfile.ZipFile:
    """A document that is an archive; refused when one of its members is locked or astray too."""
    archive = open_safely(data)
    members = archive.infolist()
    if any(is_locked(member) for member in members):
        raise UnreadableDocument("The file has a password: remove the password and send it again.")
    if not all(is_inside(member.filename) for member in members):
        raise UnreadableDocument(
            "The file names places outside of itself and may be hostile: save it again yourself."
        )
    return archive


def open_safely(data: bytes) -> zipfile.ZipFile:
    """An archive, or a refusal when it is damaged or would burst when unpacked."""
    if not data:
        raise UnreadableDocument("The file is empty: save the document again and send that.")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise UnreadableDocument(
            "The file is damaged or cut short: open it, save it again and send that."
        ) from error
    _refuse_bombs(archive.infolist())
    return archive


def is_locked(member: zipfile.ZipInfo) -> bool:
    """Whether a member opens with a password only."""
    return bool(member.flag_bits & _LOCKED)


def is_inside(name: str) -> bool:
    """Whether a member's name stays within the archive."""
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts and ":" not in name[:2]


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    swollen = any(
        member.file_size > _RATIO_MATTERS_FROM
        and member.file_size > _HIGHEST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    whole = sum(member.file_size for member in members)
    if swollen or whole > _MOST_BYTES or len(members) > _MOST_MEMBERS:
        raise UnreadableDocument(
            "The file would unpack to far more than a document holds: split it, or send it as PDF."
        )
