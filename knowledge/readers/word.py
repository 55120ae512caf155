"""Word documents (.docx): text, lists, tables and notes in their true order."""

from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.exceptions import PythonDocxError
from docx.opc.part import Part, XmlPart
from docx.oxml.exceptions import XmlchemyError
from lxml import etree
from lxml.etree import _Element as Element

from foundation.errors import UnreadableDocument
from knowledge.readers.office import open_office, safe_parser, translated
from knowledge.readers.spacing import joined, tidy
from knowledge.readers.word_body import BodyReader
from knowledge.readers.word_styles import W
from knowledge.source import Source


def read_word(data: bytes) -> Source:
    """A Word document as blocks; headers, footers, comments and deleted text stay out."""
    plain = open_office(data, "Word")
    with translated(PythonDocxError, XmlchemyError):
        document = Document(BytesIO(plain))
        body = document.element.body
        main = document.part
        parts = {rel.reltype.rsplit("/", 1)[-1]: rel for rel in main.rels.values()}
        roots = {
            name: _root(parts[name].target_part) if name in parts else None
            for name in ("styles", "numbering", "footnotes", "endnotes", "settings")
        }
        title = _declared_title(main.package)
    if body is None:
        raise UnreadableDocument("The document has no text: write some, or send another file.")
    reader = BodyReader(body, roots, main)
    reader.read_all()
    text = reader.builder.build().text
    if not text:
        raise UnreadableDocument(
            "The document holds only pictures: send it as PDF, or type the text."
            if reader.pictures
            else "The document has no text: write some, or send another file."
        )
    is_current = title and title in joined([text[:2000]])
    title = reader.title or (title if is_current else "")
    return reader.builder.build(title=title, warnings=tuple(_warnings(reader, body)))


def _warnings(reader: BodyReader, body: Element) -> Iterator[str]:
    if reader.pictures:
        yield f"Pictures that were not read: {reader.pictures}."
    if reader.hidden:
        yield f"Characters of hidden text that were left out: {reader.hidden}."
    if next(body.iter(f"{W}altChunk"), None) is not None:
        yield "A document embedded in this one was not read: send it on its own."


def _root(part: Part) -> Element | None:
    return part.element if isinstance(part, XmlPart) else etree.fromstring(part.blob, safe_parser())


def _declared_title(package: object) -> str:
    for rel in getattr(package, "rels", {}).values():
        if rel.reltype.endswith("/core-properties") and not rel.is_external:
            root = etree.fromstring(rel.target_part.blob, safe_parser())
            said = [] if root is None else root.iter("{http://purl.org/dc/elements/1.1/}title")
            return next((tidy(title.text or "") for title in said), "")
    return ""
