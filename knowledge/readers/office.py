"""What Word, Excel and PowerPoint files share: the checks before a library may open one."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from lxml import etree

from foundation.errors import UnreadableDocument
from knowledge.readers.archive import open_archive

_OLD_CONTAINER: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MODERN: Final = {"Word": ".docx", "Excel": ".xlsx", "PowerPoint": ".pptx"}
_MAIN_FOLDER: Final = {"Word": "word/", "Excel": "xl/", "PowerPoint": "ppt/"}
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PLAIN_DIALECT: Final = (
    (
        rb"http://purl\.oclc\.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        rb"http://purl\.oclc\.org/ooxml/(\w+)/main",
        rb"http://schemas.openxmlformats.org/\1/2006/main",
    ),
    (
        rb"http://purl\.oclc\.org/ooxml/drawingml/(\w+)",
        rb"http://schemas.openxmlformats.org/drawingml/2006/\1",
    ),
    (
        rb"application/vnd\.[\w.-]*(?:wordprocessingml|ms-word)\.(?:document|template)[\w.]*\.main\+",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+",
    ),
    (
        rb"application/vnd\.[\w.-]*(?:presentationml|ms-powerpoint)\.\w+(?:\.macroEnabled)?\.main\+",
        b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+",
    ),
    (
        rb"application/vnd\.[\w.-]*(?:spreadsheetml|ms-excel)\.\w+(?:\.macroEnabled)?\.main\+",
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+",
    ),
)
DAMAGED: Final = "The file is damaged or cut short: open it, save it again and send that."


def open_office(data: bytes, program: str) -> bytes:
    """The same document, checked and in the dialect the libraries read."""
    if data.startswith(_OLD_CONTAINER):
        raise UnreadableDocument(_about_old_container(data, program))
    with open_archive(data) as archive:
        if not any(name.startswith(_MAIN_FOLDER[program]) for name in archive.namelist()):
            raise UnreadableDocument(
                f"The file is not a {program} document: save it as {_MODERN[program]} in {program}."
            )
        with translated():
            return _plain(archive, data)


@contextmanager
def translated(*more: type[Exception]) -> Iterator[None]:
    """What libraries raise on broken packages, and `more`, becomes our one sentence."""
    try:
        yield
    except (
        zipfile.BadZipFile, zlib.error, EOFError, etree.LxmlError, SyntaxError, LookupError,
        ValueError, TypeError, AttributeError, NotImplementedError, OSError, AssertionError, *more,
    ) as error:  # fmt: skip
        raise UnreadableDocument(DAMAGED) from error


def safe_parser() -> etree.XMLParser:
    """A parser that fetches nothing and expands nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)


def _about_old_container(data: bytes, program: str) -> str:
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import FileFormatError

    try:
        locked = OfficeFile(BytesIO(data)).is_encrypted()
    except (FileFormatError, OSError, ValueError, LookupError, AttributeError):
        return f"The file is damaged or of another kind: save it as {_MODERN[program]}."
    if locked:
        return "The file has a password: remove the password and send it again."
    return f"The file has an old Office format: save it as {_MODERN[program]} and send that."


def _plain(archive: zipfile.ZipFile, data: bytes) -> bytes:
    """The package itself, or a mended copy when it holds dialects or links to nothing."""
    changed: dict[str, bytes] = {}
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        part = archive.read(name)
        _refuse_definitions(part)
        mended = _in_plain_dialect(part)
        if name.endswith(".rels"):
            mended = _without_dangling(mended, name, archive)
        if mended is not part:
            changed[name] = mended
    return _rewritten(archive, changed) if changed else data


def _refuse_definitions(part: bytes) -> None:
    """Office files never define entities; one that does is an attack."""
    bare = part.replace(b"\0", b"") if b"\0" in part[:200] else part
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise UnreadableDocument(
            "The file defines entities of its own and may be hostile: save it again yourself."
        )


def _in_plain_dialect(part: bytes) -> bytes:
    head = part[:4000]
    if b"purl.oclc.org/ooxml" not in head and b"content-types" not in head:
        return part
    mended = part
    for pattern, instead in _PLAIN_DIALECT:
        mended = re.sub(pattern, instead, mended)
    return part if mended == part else mended


def _without_dangling(part: bytes, name: str, archive: zipfile.ZipFile) -> bytes:
    """Some writers leave links to parts that do not exist; Office ignores them, libraries fail."""
    tree = etree.fromstring(part, safe_parser())
    if tree is None:
        return part
    folder = posixpath.dirname(posixpath.dirname(name))
    dangling = []
    for relation in tree.iter(_RELATION):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        inside = relation.get("TargetMode") != "External"
        if inside and target.lstrip("/") not in archive.NameToInfo:
            dangling.append(relation)
    if not dangling:
        return part
    for relation in dangling:
        relation.getparent().remove(relation)
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _rewritten(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as copy:
        for name in dict.fromkeys(archive.namelist()):
            copy.writestr(name, changed.get(name) or archive.read(name))
    return stream.getvalue()
