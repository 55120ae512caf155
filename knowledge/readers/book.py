"""Electronic books (EPUB): the chapters in reading order, each read like a web page."""

import re
from html import unescape
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from foundation.errors import UnreadableDocument
from knowledge.readers.archive import open_archive
from knowledge.readers.book_parts import Book, read_parts
from knowledge.readers.office import translated
from knowledge.readers.page import write_flow
from knowledge.readers.page_notes import find_notes
from knowledge.readers.page_parsing import page_text, tree_of
from knowledge.readers.page_tags import HEADINGS
from knowledge.readers.spacing import joined
from knowledge.source import Role, Source, SourceBuilder

_PROLOG: Final = re.compile(r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)?", re.S)
_NAMED: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
_TYPES: Final = ("{http://www.idpf.org/2007/ops}type", "epub:type", "role")
_FEWEST_LINKS: Final = 5
_LOOKED_AT: Final = 5
_GENERIC: Final = re.compile(
    r"(?:section|chapter|part|untitled|unknown|start|cover)\s*\d*|封面", re.I
)
_NO_TITLE: Final = re.compile(r"unknown(?: title)?|untitled|无标题|未命名", re.I)


def read_book(data: bytes) -> Source:
    """A book as blocks; the contents list and the cover stay out."""
    with open_archive(data) as archive, translated():
        book = read_parts(archive)
        texts = [(path, page_text(archive.read(path))) for path in book.chapters]
    builder = SourceBuilder()
    for path, text in texts:
        _chapter(builder, _body(text), book, path)
    source = builder.build(title="" if _NO_TITLE.fullmatch(book.title) else book.title)
    if all(block.role is Role.FURNITURE for block in source.blocks):
        raise UnreadableDocument("The book holds only pictures: send it as PDF.")
    return source


def _body(text: str) -> Element:
    """Chapters are XML by rule; those that are not are read as browsers would."""
    bare = text[_PROLOG.match(text).end() :]  # type: ignore[union-attr]
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True,
        remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    written = _NAMED.sub(lambda found: unescape(found.group()), bare)
    try:
        root = etree.fromstring(written.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = tree_of(bare) if bare.strip() else etree.Element("body")
    for element in root.iter("{*}*"):
        if element.tag.startswith("{"):
            element.tag = etree.QName(element).localname.lower()
    body = root.find("body")
    return root if body is None else body


def _chapter(builder: SourceBuilder, body: Element, book: Book, path: str) -> None:
    if _is_contents(body):
        builder.add(Role.FURNITURE, joined(body.itertext()), rule="contents")
        return
    for element in body.iter():
        if any("pagebreak" in (element.get(name) or "") for name in _TYPES):
            element.text = None
    label = book.labels.get(path, "")
    if label and next(body.iter(*HEADINGS), None) is None and not _GENERIC.fullmatch(label):
        _head(builder, body, label)
    hidden = frozenset(
        element
        for element in body.iter()
        if element.tag == "nav" or element.get("hidden") is not None
    )
    write_flow(builder, body, find_notes(body), hidden)


def _head(builder: SourceBuilder, body: Element, label: str) -> None:
    """A chapter without a heading of its own gets the one that the contents list gives it."""
    texts = 0
    for element in body.iter("p", "div"):
        text = joined(element.itertext())
        texts += bool(text)
        if texts > _LOOKED_AT:
            break
        if text == label:
            element.tag = "h1"
            return
    if texts:
        builder.add(Role.HEADING, label, level=1)


def _is_contents(body: Element) -> bool:
    """A page of nothing but links into the book."""
    links = [link for link in body.iter("a") if link.get("href")]
    linked = sum(len("".join("".join(link.itertext()).split())) for link in links)
    whole = len("".join("".join(body.itertext()).split()))
    return len(links) >= _FEWEST_LINKS and linked > whole * 0.7
