"""Files made part by part, for what the libraries that write them cannot write."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from knowledge.source import Source

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)

ZipFiles = Callable[[Mapping[str, str | bytes]], bytes]
WordFile = Callable[..., bytes]


@pytest.fixture
def zip_of() -> ZipFiles:
    """A zip archive of named members."""
    return _zip_of


def _zip_of(members: Mapping[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def word_file() -> WordFile:
    """A Word file with this body, and parts such as `numbering` or `footnotes` by their XML."""

    def make(body: str, *, prolog: str = "", **parts: str) -> bytes:
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{name}+xml"/>'
            for name in parts
        )
        relations = "".join(
            f'<Relationship Id="r{n}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
            for n, name in enumerate(parts)
        )
        roots = {"numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
        members = {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
            f"{overrides}</Types>",
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f"{relations}</Relationships>",
            "word/document.xml": f"{prolog}<w:document {NAMESPACES}><w:body>{body}</w:body>"
            "</w:document>",
        }
        for name, content in parts.items():
            root = roots.get(name, name)
            members[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{content}</w:{root}>"
        return _zip_of(members)

    return make


def shown(source: Source) -> list[str]:
    """The blocks as short lines: role and level, text, marks."""
    return [
        f"{block.role.value}{block.level or ''}{'!' if block.is_header else ''} {block.text}"
        + (f" ^{','.join(block.marks)}" if block.marks else "")
        for block in source.blocks
    ]


@pytest.fixture(name="shown")
def shown_fixture() -> Callable[[Source], list[str]]:
    return shown
