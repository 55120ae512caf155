"""Bytes of a web page to a tree: its declared encoding, its true one, nothing fetched."""

import codecs
import re
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from foundation.errors import UnreadableDocument

_HEAD: Final = 4096
_DECLARED: Final = re.compile(
    rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{1,100}?encoding\s*=\s*["']([\w-]+)""",
    re.I,
)
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252"}
_NO_TEXT: Final = "The page has no text: save it again from the browser."
_UNWANTED: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


def parse_page(data: bytes) -> Element:
    """The tree of a page, as browsers mend it."""
    if not data.strip():
        raise UnreadableDocument("The page is empty: save it again from the browser and send that.")
    return tree_of(page_text(data))


def page_text(data: bytes) -> str:
    """The source of a page, without characters that no page may hold."""
    return _UNWANTED.sub("", _decoded(data).replace("\r\n", "\n"))


def tree_of(text: str) -> Element:
    """The tree of a page's source; what is nested or long without reason is refused."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise UnreadableDocument(_NO_TEXT) from error
    if root is None:
        raise UnreadableDocument(_NO_TEXT)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableDocument(
            "The page is nested too deeply to be read: save it as PDF or as text and send that."
        )
    return root


def _decoded(data: bytes) -> str:
    from knowledge.readers.decoding import decode

    declared = _declared(data)
    if declared is None or data.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff")):
        return decode(data)
    try:
        # Pages saved anew often keep the declaration of their first encoding.
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared == "utf-8":
        mended = data.decode("utf-8", "replace")
        return mended if mended.count("\ufffd") < len(mended) / 1000 else decode(data)
    return data.decode(declared, "replace")


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except LookupError:
        return None
    return _WIDER.get(name, name)
