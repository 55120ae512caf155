"""The parts of an EPUB: its package file, the reading order, the labels of its contents list."""

import posixpath
import zipfile
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element as Element

from foundation.errors import UnreadableDocument
from knowledge.readers.office import safe_parser
from knowledge.readers.spacing import joined, tidy

_TEXTS: Final = frozenset({"application/xhtml+xml", "text/html", "application/xml"})
_FONT_SCRAMBLING: Final = frozenset(
    {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
)


@dataclass(frozen=True)
class Book:
    """What the package file says: title, chapters in order, labels by chapter."""

    title: str
    chapters: tuple[str, ...]
    labels: dict[str, str]


def read_parts(archive: zipfile.ZipFile) -> Book:
    _refuse_locked(archive)
    package_name = _package_name(archive)
    package = _parsed(archive, package_name)
    folder = posixpath.dirname(package_name)
    items = {item.get("id"): item for item in package.iter("{*}item")}
    paths = {name: _path(folder, item.get("href", "")) for name, item in items.items()}
    contents = {_path(folder, ref.get("href", "")) for ref in package.iter("{*}reference")
                if ref.get("type") == "toc"}  # fmt: skip
    lists = [paths[name] for name, item in items.items()
             if "nav" in item.get("properties", "").split()]  # fmt: skip
    maps = [paths[name] for name, item in items.items()
            if item.get("media-type") == "application/x-dtbncx+xml"]  # fmt: skip
    order = [ref.get("idref") for ref in package.iter("{*}itemref")]
    chapters = [
        paths[name] for name in order if name in items and items[name].get("media-type") in _TEXTS
    ]
    skipped = contents | set(lists)
    return Book(
        title=next((tidy(t.text or "") for t in package.iter("{*}title") if t.text), ""),
        chapters=tuple(
            path for path in dict.fromkeys(chapters)
            if path not in skipped and path in archive.NameToInfo
        ),
        labels=_labels(archive, [*lists, *maps]),
    )  # fmt: skip


def _refuse_locked(archive: zipfile.ZipFile) -> None:
    """Scrambled fonts are common and harmless; scrambled text is a lock."""
    if "META-INF/encryption.xml" not in archive.NameToInfo:
        return
    root = _parsed(archive, "META-INF/encryption.xml")
    methods = (
        method.get("Algorithm")
        for method in root.iterfind(".//{*}EncryptedData/{*}EncryptionMethod")
    )
    if any(method not in _FONT_SCRAMBLING for method in methods):
        raise UnreadableDocument(
            "The book is locked by its seller: ask the publisher for an unprotected copy."
        )


def _package_name(archive: zipfile.ZipFile) -> str:
    if "META-INF/container.xml" in archive.NameToInfo:
        for found in _parsed(archive, "META-INF/container.xml").iter("{*}rootfile"):
            name = unquote(found.get("full-path", ""))
            if name in archive.NameToInfo:
                return name
    for name in archive.namelist():
        if name.endswith(".opf"):
            return name
    raise UnreadableDocument("The file is not an EPUB book: export it as EPUB again and send that.")


def _parsed(archive: zipfile.ZipFile, name: str) -> Element:
    root = etree.fromstring(archive.read(name), safe_parser())
    return etree.Element("empty") if root is None else root


def _path(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.split("#")[0])))


def _labels(archive: zipfile.ZipFile, names: list[str]) -> dict[str, str]:
    """What the contents list calls each chapter."""
    labels: dict[str, str] = {}
    for name in names:
        if name not in archive.NameToInfo:
            continue
        root, folder = _parsed(archive, name), posixpath.dirname(name)
        for link in root.iter("{*}a"):
            labels.setdefault(_path(folder, link.get("href", "")), joined(link.itertext()))
        for point in root.iter("{*}navPoint"):
            content, label = point.find("{*}content"), point.find("{*}navLabel")
            if content is not None and label is not None:
                labels.setdefault(_path(folder, content.get("src", "")), joined(label.itertext()))
    return {path: label for path, label in labels.items() if label}
