"""Word documents (.docx): text, lists, tables and notes in their true order."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from docx import Document
from docx.opc.part import Part, XmlPart
from lxml import etree
from lxml.etree import _Element as Element

from foundation.errors import UnreadableDocument
from knowledge.readers.diagram import diagram_texts
from knowledge.readers.grid import write_table
from knowledge.readers.numerals import labelled
from knowledge.readers.office import open_office, safe_parser, translated
from knowledge.readers.spacing import joined, lines_of, tidy
from knowledge.readers.word_notes import Notes
from knowledge.readers.word_numbering import Numbering
from knowledge.readers.word_styles import Styles, W, numbering, outline_level, value
from knowledge.readers.word_tables import cells_of, read_cells, rows_of
from knowledge.readers.word_text import Line, read_line
from knowledge.source import Role, Source, SourceBuilder

_COVERS: Final = frozenset(
    f"{W}{name}" for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag")
)


def read_word(data: bytes) -> Source:
    """A Word document as blocks; headers, footers, comments and deleted text stay out."""
    plain = open_office(data, "Word")
    with translated():
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
    reader = _Reader(body, roots, main)
    reader.read_all()
    return reader.source(title)


def _root(part: Part) -> Element | None:
    return part.element if isinstance(part, XmlPart) else etree.fromstring(part.blob, safe_parser())


def _declared_title(package: object) -> str:
    for rel in getattr(package, "rels", {}).values():
        if rel.reltype.endswith("/core-properties") and not rel.is_external:
            root = etree.fromstring(rel.target_part.blob, safe_parser())
            said = [] if root is None else root.iter("{http://purl.org/dc/elements/1.1/}title")
            return next((tidy(title.text or "") for title in said), "")
    return ""


def blocks_in(container: Element) -> Iterator[tuple[Element, bool]]:
    """Paragraphs and tables in order, and whether a generated contents list holds them."""
    for child in container:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child, False
        elif child.tag == f"{W}sdt":
            gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            listed = gallery is not None and gallery.get(f"{W}val") == "Table of Contents"
            for content in child.iterchildren(f"{W}sdtContent"):
                for block, inner in blocks_in(content):
                    yield block, listed or inner
        elif child.tag in _COVERS:
            yield from blocks_in(child)


class _Reader:
    """One pass over one document."""

    def __init__(self, body: Element, roots: dict[str, Element | None], main: Part) -> None:
        self._body = body
        self._main = main
        self._styles = Styles(roots["styles"])
        self._numbering = Numbering(roots["numbering"], self._styles)
        kinds = {kind: roots[f"{kind}s"] for kind in ("footnote", "endnote")}
        self._notes = Notes(kinds, body, roots["settings"])
        self._builder = SourceBuilder()
        self._title = ""
        self._carried = ""
        self._gap = 0
        self._pictures = 0
        self._hidden = 0
        self._below_title = int(any(self._is_title(p) for p in body.iter(f"{W}p")))

    def read_all(self) -> None:
        self._read(self._body)
        for mark, text in self._notes.referred():
            self._builder.add(Role.NOTE, text, marks=(mark,))

    def source(self, declared: str) -> Source:
        start = self._builder.build().text
        if not start:
            raise UnreadableDocument(
                "The document holds only pictures: send it as PDF, or type the text."
                if self._pictures
                else "The document has no text: write some, or send another file."
            )
        title = self._title or (declared if declared and declared in joined([start[:2000]]) else "")
        warnings = []
        if self._pictures:
            warnings.append(f"Pictures that were not read: {self._pictures}.")
        if self._hidden:
            warnings.append(f"Characters of hidden text that were left out: {self._hidden}.")
        if next(self._body.iter(f"{W}altChunk"), None) is not None:
            warnings.append("A document embedded in this one was not read: send it on its own.")
        return self._builder.build(title=title, warnings=tuple(warnings))

    def _read(self, container: Element, *, is_contents: bool = False) -> None:
        for block, listed in blocks_in(container):
            if block.tag == f"{W}tbl":
                self._table(block)
            else:
                self._paragraph(block, is_contents=is_contents or listed)

    def _is_title(self, paragraph: Element) -> bool:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or not self._styles.of(style.get(f"{W}val")).is_title:
            return False
        return any(text.text for text in paragraph.iter(f"{W}t"))

    def _line(self, paragraph: Element) -> tuple[Line, str]:
        """A paragraph's text with what a deleted paragraph end before it left, and its number."""
        properties = paragraph.find(f"{W}pPr")
        style_id = None if properties is None else value(properties, "pStyle")
        label = self._numbering.label(*numbering(properties), style_id)
        line = read_line(paragraph, self._notes.name)
        self._pictures += line.pictures
        self._hidden += line.hidden
        line.text, self._carried = self._carried + line.text, ""
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            line.text, self._carried = "", line.text
        line.depth = label.depth if label else 0
        return line, label.text if label else ""

    def _paragraph(self, paragraph: Element, *, is_contents: bool) -> None:
        line, label = self._line(paragraph)
        if tidy(line.text):
            self._add(paragraph, line, label, is_contents=is_contents)
            self._gap = 0
        elif not line.boxes:
            self._gap += 1
        for box in line.boxes:
            self._read(box)
        for relation in line.diagrams:
            for text in self._diagram(relation):
                self._builder.add(Role.ITEM, text, level=1)

    def _add(self, paragraph: Element, line: Line, label: str, *, is_contents: bool) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = self._styles.of(None if properties is None else value(properties, "pStyle"))
        level = outline_level(properties)
        level = style.level if level is None else level
        whole = labelled(label, joined([line.text]))
        if is_contents or style.is_contents:
            self._builder.add(Role.FURNITURE, whole, gap=self._gap, rule="contents")
        elif style.is_title:
            self._title = self._title or whole
            self._heading(whole, 1, line)
        elif level:
            self._heading(whole, level + self._below_title, line)
        else:
            self._text(line, label)

    def _heading(self, text: str, level: int, line: Line) -> None:
        self._builder.add(Role.HEADING, text, level=level, marks=line.marks, gap=self._gap)

    def _text(self, line: Line, label: str) -> None:
        lines = lines_of(line.text)
        lines[0] = labelled(label, lines[0])
        for number, text in enumerate(lines):
            is_item = line.depth > 0 and number == 0
            self._builder.add(
                Role.ITEM if is_item else Role.TEXT,
                text,
                level=line.depth if is_item else 0,
                marks=line.marks if number == len(lines) - 1 else (),
                gap=0 if number else self._gap,
            )

    def _table(self, table: Element) -> None:
        rows = rows_of(table)
        cells = [cell for row in rows for cell in cells_of(row)]
        if len(cells) <= len(rows):
            for cell in cells:
                self._read(cell)
        else:
            write_table(self._builder, read_cells(rows, self._cell))
        self._gap = 0

    def _cell(self, cell: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
        parts: list[str] = []
        marks: list[str] = []
        self._fill(cell, parts, marks)
        return tuple(parts), tuple(dict.fromkeys(marks))

    def _fill(self, container: Element, parts: list[str], marks: list[str]) -> None:
        """Paragraphs of a cell are its parts; so are the rows of a table inside it."""
        for block, _ in blocks_in(container):
            if block.tag == f"{W}tbl":
                for row in rows_of(block):
                    inner = [joined(self._cell(cell)[0]) for cell in cells_of(row)]
                    parts.append(" ".join(filter(None, inner)))
                continue
            line, label = self._line(block)
            parts += [labelled(label, text) if not n else text
                      for n, text in enumerate(lines_of(line.text))]  # fmt: skip
            marks += line.marks
            for box in line.boxes:
                self._fill(box, parts, marks)

    def _diagram(self, relation: str) -> list[str]:
        found = self._main.rels.get(relation)
        return [] if found is None or found.is_external else diagram_texts(found.target_part.blob)
