"""Which reader reads what: from a file's bytes to the normal form."""

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import Final

from foundation.errors import UnreadableDocument
from knowledge.document import Reading
from knowledge.sniffing import FileKind, kind_of, refusal
from knowledge.source import Source
from knowledge.structure.understanding import understand

# Named, not imported: each reader brings a library that only its own files need.
_READERS: Final = {
    FileKind.PDF: ("portable", "read_pdf"),
    FileKind.WORD: ("word", "read_word"),
    FileKind.WORKBOOK: ("sheet", "read_sheet"),
    FileKind.SLIDES: ("slides", "read_slides"),
    FileKind.BOOK: ("book", "read_book"),
    FileKind.WEB_PAGE: ("page", "read_page"),
    FileKind.PICTURE: ("scanned", "read_image"),
    FileKind.TABLE_TEXT: ("plain", "read_table_text"),
    FileKind.MARKDOWN: ("plain", "read_plain"),
    FileKind.TEXT: ("plain", "read_plain"),
}

_PACKED: Final = "The file is packed: unpack it and add the documents."


def read(name: str, data: bytes) -> Reading:
    """Read a file by what it is, whatever it is called, and understand its structure."""
    kind = kind_of(name, data)
    place = _READERS.get(kind)
    if place is None:
        raise UnreadableDocument(refusal(kind) or _PACKED)
    reader: Callable[[bytes], Source] = getattr(
        import_module(f"knowledge.readers.{place[0]}"), place[1]
    )
    return understand(reader(data), PurePath(name).stem)
