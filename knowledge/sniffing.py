"""What a file is: by its first bytes and inner names, and only then by what it is called."""

import re
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from typing import Final


class FileKind(StrEnum):
    """The kinds of file that are told apart; those with a refusal cannot be read."""

    PDF = "pdf"
    WORD = "word"
    WORKBOOK = "workbook"
    SLIDES = "slides"
    BOOK = "book"
    WEB_PAGE = "web page"
    MARKDOWN = "markdown"
    TABLE_TEXT = "table text"
    TEXT = "text"
    PICTURE = "picture"
    ARCHIVE = "archive"
    EMPTY = "empty"
    OLD_OFFICE = "old office"
    LOCKED_OFFICE = "locked office"
    OPEN_DOCUMENT = "open document"
    OFD = "ofd"
    CAJ = "caj"
    RICH_TEXT = "rich text"
    WEB_ARCHIVE = "web archive"
    OTHER_ARCHIVE = "other archive"
    PROGRAM = "program"
    SOUND_OR_FILM = "sound or film"
    XML = "xml"
    BINARY = "binary"


_REFUSALS: Final = {
    FileKind.EMPTY: "The file is empty: save the document again and add that.",
    FileKind.ARCHIVE: "The file is a zip file of other files: unpack it and add the documents.",
    FileKind.OLD_OFFICE: "The file has an old Office format: save it as .docx, .xlsx or .pptx"
    " and add that.",
    FileKind.LOCKED_OFFICE: "The file has a password: remove the password and add it again.",
    FileKind.OPEN_DOCUMENT: "The file is an OpenDocument: save it as .docx, .xlsx or .pptx"
    " and add that.",
    FileKind.OFD: "The file is an OFD document: save it as PDF and add that.",
    FileKind.CAJ: "The file is a CAJ document: save it as PDF and add that.",
    FileKind.RICH_TEXT: "The file is rich text: save it as .docx and add that.",
    FileKind.WEB_ARCHIVE: "The file is a web archive: save the page as .html and add that.",
    FileKind.OTHER_ARCHIVE: "The file is packed in a way that is not opened here: unpack it and"
    " add the documents.",
    FileKind.PROGRAM: "The file is a program and no document, whatever its name says:"
    " add the document itself.",
    FileKind.SOUND_OR_FILM: "The file is a recording: add its transcript as text.",
    FileKind.XML: "The file is XML data: save it as .docx, .html or PDF and add that.",
    FileKind.BINARY: "The file holds no text that can be read: save it as PDF or .docx and add"
    " that.",
}

_LITTER: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx"})
_HEAD: Final = 8192
_PDF_WITHIN: Final = 1024
_CERTAIN: Final = (
    (b"\x7fELF", FileKind.PROGRAM),
    (b"\xfe\xed\xfa\xce", FileKind.PROGRAM),
    (b"\xfe\xed\xfa\xcf", FileKind.PROGRAM),
    (b"\xce\xfa\xed\xfe", FileKind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", FileKind.PROGRAM),
    (b"\xca\xfe\xba\xbe", FileKind.PROGRAM),
    (b"\x89PNG\r\n\x1a\n", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"II*\x00", FileKind.PICTURE),
    (b"MM\x00*", FileKind.PICTURE),
    (b"GIF87a", FileKind.PICTURE),
    (b"GIF89a", FileKind.PICTURE),
    (b"{\\rtf", FileKind.RICH_TEXT),
    (b"Rar!\x1a\x07", FileKind.OTHER_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.OTHER_ARCHIVE),
    (b"\x1f\x8b\x08", FileKind.OTHER_ARCHIVE),
    (b"\xfd7zXZ\x00", FileKind.OTHER_ARCHIVE),
    (b"\x28\xb5\x2f\xfd", FileKind.OTHER_ARCHIVE),
    (b"OggS\x00", FileKind.SOUND_OR_FILM),
    (b"fLaC\x00", FileKind.SOUND_OR_FILM),
    (b"\x1aE\xdf\xa3", FileKind.SOUND_OR_FILM),
)
# Short enough to begin a text as well: they count only where control characters follow.
_LIKELY: Final = (
    (b"MZ", FileKind.PROGRAM),
    (b"BM", FileKind.PICTURE),
    (b"BZh", FileKind.OTHER_ARCHIVE),
    (b"ID3", FileKind.SOUND_OR_FILM),
    (b"CAJ", FileKind.CAJ),
    (b"HN", FileKind.CAJ),
    (b"KDH ", FileKind.CAJ),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROLS: Final = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"
_MOST_CONTROLS: Final = 0.05
_PAGE_START: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAG: Final = re.compile(
    r"</?(?:p|div|table|tr|td|ul|ol|li|h[1-6]|br|span|article|section)\b", re.I
)
_FEWEST_TAGS: Final = 3
_BY_NAME: Final = {
    ".md": FileKind.MARKDOWN,
    ".markdown": FileKind.MARKDOWN,
    ".csv": FileKind.TABLE_TEXT,
    ".tsv": FileKind.TABLE_TEXT,
}


def kind_of(name: str, data: bytes) -> FileKind:
    """The kind of a file; a wrong name deceives nobody."""
    head = data[:_HEAD]
    if not head.strip(b"\x00\t\n\v\f\r \xef\xbb\xbf"):
        return FileKind.EMPTY if not data.strip(b"\x00\t\n\v\f\r ") else FileKind.BINARY
    if head.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        return FileKind.LOCKED_OFFICE if locked else FileKind.OLD_OFFICE
    if head.startswith(_ZIP):
        return _packed(data)
    certain = next((kind for start, kind in _CERTAIN if head.startswith(start)), None)
    certain = certain or _boxed(head) or _likely(head)
    if certain:
        return certain
    if _is_pdf(head, data):
        return FileKind.PDF
    return _written(name, head)


def refusal(kind: FileKind) -> str:
    """Why a file of this kind cannot be read and what to do; empty for one that can."""
    return _REFUSALS.get(kind, "")


def is_litter(name: str) -> bool:
    """Hidden files, and what Office and file managers leave behind, going by the name."""
    return name.startswith((".", "~$")) or name.lower() in _LITTER


def _packed(data: bytes) -> FileKind:
    """A zip by what is in it; a damaged one by the names that are still legible."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            said = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        legible = re.findall(rb"PK\x03\x04.{26}([ -~]{3,100})", data[:_HEAD], re.S)
        names, said = [name.decode("ascii") for name in legible], b""
    if said.startswith(b"application/vnd.oasis"):
        return FileKind.OPEN_DOCUMENT
    if said.startswith(b"application/epub") or "META-INF/container.xml" in names:
        return FileKind.BOOK
    folders = {name.partition("/")[0] for name in names if "/" in name}
    if any(name.startswith("[Content_Types].xml") for name in names):
        inner = {"word": FileKind.WORD, "xl": FileKind.WORKBOOK, "ppt": FileKind.SLIDES}
        return next((kind for name, kind in inner.items() if name in folders), FileKind.ARCHIVE)
    if "OFD.xml" in names:
        return FileKind.OFD
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        return FileKind.PROGRAM
    return FileKind.ARCHIVE


def _boxed(head: bytes) -> FileKind | None:
    """Pictures and recordings in the two box formats."""
    if head[:4] == b"RIFF":
        return FileKind.PICTURE if head[8:12] == b"WEBP" else FileKind.SOUND_OR_FILM
    if head[4:8] == b"ftyp":
        is_still = head[8:12] in (b"heic", b"heix", b"mif1", b"avif")
        return FileKind.PICTURE if is_still else FileKind.SOUND_OR_FILM
    return None


def _likely(head: bytes) -> FileKind | None:
    if not _has_controls(head[:512]):
        return None
    return next((kind for start, kind in _LIKELY if head.startswith(start)), None)


def _is_pdf(head: bytes, data: bytes) -> bool:
    at = head.find(b"%PDF-", 0, _PDF_WITHIN)
    # Further in, a text may merely speak of the format.
    return at == 0 or (at > 0 and b" obj" in data[at : at + 100_000])


def _written(name: str, head: bytes) -> FileKind:
    """Text of some kind, or no text at all."""
    wide = head.startswith(_WIDE_MARKS) or _is_unmarked_wide(head)
    if not wide and _has_controls(head):
        return FileKind.BINARY
    text = head.decode("utf-16" if wide else "latin-1", "replace").lstrip("\ufeffï»¿")
    suffix = PurePath(name).suffix.lower()
    if _PAGE_START.match(text):
        return FileKind.WEB_PAGE
    if text.startswith("<?xml"):
        return FileKind.XML
    if text[:2000].lower().startswith("mime-version:") or "multipart/related" in text[:2000]:
        return FileKind.WEB_ARCHIVE
    by_name = _BY_NAME.get(suffix)
    tagged = suffix in (".html", ".htm", ".xhtml") or (suffix != ".txt" and text[:1] == "<")
    if not by_name and tagged and len(_TAG.findall(text)) >= _FEWEST_TAGS:
        return FileKind.WEB_PAGE
    return by_name or FileKind.TEXT


def _has_controls(head: bytes) -> bool:
    return len(head) - len(head.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(head)


def _is_unmarked_wide(head: bytes) -> bool:
    """UTF-16 without its mark: NUL at every other place, as its spaces and digits have it."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) // 40 and min(even, odd) * 5 <= max(even, odd)
