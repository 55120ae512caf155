"""PowerPoint decks (.pptx): a slide is a page, its title a heading, its notes follow it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.opc.package import Part

from foundation.errors import UnreadableDocument
from knowledge.readers.chart import read_chart
from knowledge.readers.diagram import diagram_texts
from knowledge.readers.grid import write_table
from knowledge.readers.numerals import labelled
from knowledge.readers.office import open_office, safe_parser, translated
from knowledge.readers.slide_bullets import A, Bullets
from knowledge.readers.slide_shapes import (
    P,
    cells_in,
    counterpart,
    is_running,
    lines_in,
    placeholder_of,
    shapes_of,
)
from knowledge.readers.spacing import joined
from knowledge.source import Role, Source, SourceBuilder

_TITLES: Final = frozenset({"title", "ctrTitle"})
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


@dataclass(frozen=True)
class _Slide:
    """The XML of one slide and of what it inherits from."""

    number: int
    root: Element
    layout: Element | None = None
    master: Element | None = None
    notes: Element | None = None
    parts: dict[str, bytes] = field(default_factory=dict)

    @property
    def is_hidden(self) -> bool:
        return self.root.get("show") in ("0", "false")


def read_slides(data: bytes) -> Source:
    """A deck as blocks; hidden slides, dates, footers and page numbers stay out."""
    plain = open_office(data, "PowerPoint")
    with translated(PythonPptxError):
        deck = Presentation(BytesIO(plain))
        known: dict[str, Element] = {}
        slides = [_slide(n, slide.part, known) for n, slide in enumerate(deck.slides, start=1)]
    builder = SourceBuilder()
    title = ""
    for slide in slides:
        if not slide.is_hidden:
            title = title or _title_of(slide)
            _Reader(slide, builder).read()
    hidden = [str(slide.number) for slide in slides if slide.is_hidden]
    warnings = (f"Hidden slides were left out: {', '.join(hidden)}.",) if hidden else ()
    source = builder.build(title=title, pages=len(slides), warnings=warnings)
    if not source.blocks:
        raise UnreadableDocument("The slides have no text, only pictures: send them as PDF.")
    return source


def _slide(number: int, part: Part, known: dict[str, Element]) -> _Slide:
    """Everything of a slide is taken out of the package here, where a fault is the file's."""
    layout = _related(part, "slideLayout")
    notes = _related(part, "notesSlide")
    master = None if layout is None else _related(layout, "slideMaster")
    parts = {
        name: relation.target_part.blob
        for name, relation in part.rels.items()
        if relation.reltype.endswith(("/chart", "/diagramData")) and not relation.is_external
    }
    return _Slide(
        number,
        root=_root(part, known),
        layout=None if layout is None else _root(layout, known),
        master=None if master is None else _root(master, known),
        notes=None if notes is None else _root(notes, known),
        parts=parts,
    )


def _related(part: Part, kind: str) -> Part | None:
    for relation in part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            return relation.target_part
    return None


def _root(part: Part, known: dict[str, Element]) -> Element:
    """The XML of a part; layouts are shared by many slides and read once."""
    name = str(part.partname)
    if name not in known:
        known[name] = etree.fromstring(part.blob, safe_parser())
    return known[name]


def _title_of(slide: _Slide) -> str:
    for shape in slide.root.iter(f"{P}sp"):
        placeholder = placeholder_of(shape)
        body = shape.find(f"{P}txBody")
        if placeholder and placeholder[0] in _TITLES and body is not None:
            return joined(line.text for line in lines_in(body, Bullets(())))
    return ""


class _Reader:
    """One pass over one slide."""

    def __init__(self, slide: _Slide, builder: SourceBuilder) -> None:
        self._slide = slide
        self._builder = builder

    def read(self) -> None:
        tree = self._slide.root.find(f"{P}cSld/{P}spTree")
        shapes = [] if tree is None else shapes_of(tree, self._slide.layout)
        shapes = [shape for shape in shapes if not is_running(shape)]
        for shape in sorted(shapes, key=lambda shape: not self._is_title(shape)):
            self._shape(shape)
        if self._slide.notes is not None:
            self._notes(self._slide.notes)

    def _is_title(self, shape: Element) -> bool:
        placeholder = placeholder_of(shape)
        return placeholder is not None and placeholder[0] in _TITLES

    def _shape(self, shape: Element) -> None:
        body = shape.find(f"{P}txBody")
        if body is not None and self._is_title(shape):
            text = joined(line.text for line in lines_in(body, Bullets(())))
            self._add(Role.HEADING, text, level=2)
        elif body is not None:
            self._text(body, Bullets(self._styles(shape, body)))
        for table in shape.iter(f"{A}tbl"):
            write_table(self._builder, cells_in(table), page=self._slide.number)
        for chart in shape.iter(_CHART):
            self._with_part(chart.get(f"{_RELATION}id"), self._chart)
        for diagram in shape.iter(_DIAGRAM):
            self._with_part(diagram.get(f"{_RELATION}dm"), self._diagram)

    def _text(self, body: Element, bullets: Bullets) -> None:
        for line in lines_in(body, bullets):
            text = labelled(line.label or "", line.text)
            is_item = line.label is not None
            role = Role.ITEM if is_item else Role.TEXT
            self._add(role, text, level=line.depth + 1 if is_item else 0, marks=line.marks)

    def _styles(self, shape: Element, body: Element) -> list[Element]:
        """The list styles that rule a shape, the nearest first."""
        slide = self._slide
        above = [counterpart(shape, slide.layout), counterpart(shape, slide.master)]
        styles = [body.find(f"{A}lstStyle")]
        styles += [one.find(f"{P}txBody/{A}lstStyle") for one in above if one is not None]
        placeholder = placeholder_of(shape)
        if placeholder and slide.master is not None and placeholder[0] in ("obj", "body"):
            styles.append(slide.master.find(f"{P}txStyles/{P}bodyStyle"))
        return [style for style in styles if style is not None]

    def _with_part(self, name: str | None, read: Callable[[bytes], None]) -> None:
        if name in self._slide.parts:
            read(self._slide.parts[name])

    def _chart(self, part: bytes) -> None:
        title, rows = read_chart(part)
        self._add(Role.TEXT, title)
        write_table(self._builder, rows, page=self._slide.number)

    def _diagram(self, part: bytes) -> None:
        for text in diagram_texts(part):
            self._add(Role.ITEM, text, level=1)

    def _notes(self, notes: Element) -> None:
        for shape in notes.iter(f"{P}sp"):
            placeholder = placeholder_of(shape)
            body = shape.find(f"{P}txBody")
            if placeholder and placeholder[0] == "body" and body is not None:
                self._text(body, Bullets(()))

    def _add(self, role: Role, text: str, *, level: int = 0, marks: tuple[str, ...] = ()) -> None:
        self._builder.add(role, text, level=level, page=self._slide.number, marks=marks)
