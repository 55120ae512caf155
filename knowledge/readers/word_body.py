"""The body of a Word document, block by block, in its true order."""

from collections.abc import Iterator
from typing import Final

from docx.opc.part import Part
from lxml.etree import _Element as Element

from knowledge.readers.chart import read_chart
from knowledge.readers.diagram import diagram_texts
from knowledge.readers.grid import write_table
from knowledge.readers.numerals import labelled
from knowledge.readers.spacing import joined, lines_of, tidy
from knowledge.readers.word_notes import Notes
from knowledge.readers.word_numbering import Numbering
from knowledge.readers.word_styles import Styles, W, numbering, outline_level, value
from knowledge.readers.word_tables import cells_of, read_cells, rows_of
from knowledge.readers.word_text import Line, read_line
from knowledge.readers.word_titles import title_lines
from knowledge.source import Role, SourceBuilder

_COVERS: Final = frozenset(
    f"{W}{name}" for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag")
)


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


class BodyReader:
    """One pass over one document."""

    def __init__(self, body: Element, roots: dict[str, Element | None], main: Part) -> None:
        self._body = body
        self._main = main
        self._styles = Styles(roots["styles"])
        self._numbering = Numbering(roots["numbering"], self._styles)
        kinds = {kind: roots[f"{kind}s"] for kind in ("footnote", "endnote")}
        self._notes = Notes(kinds, body, roots["settings"])
        self.builder = SourceBuilder()
        self.title = ""
        self._carried = Line()
        self._gap = 0
        self.pictures = 0
        self.hidden = 0
        named = any(self._is_title(p) for p in body.iter(f"{W}p"))
        lines = [] if named else title_lines((b for b, _ in blocks_in(body)), self._styles)
        self._title_lines = lines
        self._below_title = int(named or bool(lines))

    def read_all(self) -> None:
        self._read(self._body)
        self.builder.add(Role.TEXT, tidy(self._carried.text), marks=self._carried.marks)
        for mark, text in self._notes.referred():
            self.builder.add(Role.NOTE, text, marks=(mark,))

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
        self.pictures += line.pictures
        self.hidden += line.hidden
        line.text = self._carried.text + line.text
        line.marks = self._carried.marks + line.marks
        self._carried = Line()
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried, line.text, line.marks = Line(line.text, line.marks), "", ()
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
        for kind, relation in line.drawn:
            self._drawn(kind, relation)

    def _add(self, paragraph: Element, line: Line, label: str, *, is_contents: bool) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = self._styles.of(None if properties is None else value(properties, "pStyle"))
        level = outline_level(properties)
        level = style.level if level is None else level
        whole = labelled(label, joined([line.text]))
        if paragraph in self._title_lines:
            self._title_line(paragraph, whole, line)
        elif is_contents or style.is_contents:
            self.builder.add(Role.FURNITURE, whole, gap=self._gap, rule="contents")
        elif style.is_title:
            self.title = self.title or whole
            self._heading(whole, 1, line)
        elif level:
            self._heading(whole, level + self._below_title, line)
        else:
            self._text(line, label)

    def _title_line(self, paragraph: Element, text: str, line: Line) -> None:
        """The lines of a title are one heading, written with its last line."""
        self.title = joined((self.title, text))
        if paragraph is self._title_lines[-1]:
            self._heading(self.title, 1, line)

    def _heading(self, text: str, level: int, line: Line) -> None:
        self.builder.add(Role.HEADING, text, level=level, marks=line.marks, gap=self._gap)

    def _text(self, line: Line, label: str) -> None:
        lines = lines_of(line.text)
        lines[0] = labelled(label, lines[0])
        for number, text in enumerate(lines):
            is_item = line.depth > 0 and number == 0
            self.builder.add(
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
            write_table(self.builder, read_cells(rows, self._cell))
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

    def _drawn(self, kind: str, relation: str) -> None:
        """A chart or diagram, whose content is a part of its own."""
        found = self._main.rels.get(relation)
        if found is None or found.is_external:
            return
        if kind == "chart":
            title, rows = read_chart(found.target_part.blob)
            self.builder.add(Role.TEXT, title)
            write_table(self.builder, rows)
            return
        for text in diagram_texts(found.target_part.blob):
            self.builder.add(Role.ITEM, text, level=1)
