"""What stands on a page before it is read: letters with their places, rules, and what lies aside.

Places are in points, measured to the right and downwards from the page's upper left corner.
"""

from dataclasses import dataclass, field
from typing import NamedTuple


class Glyph(NamedTuple):
    """One letter; `y` is its baseline, `spaced` says that a space stands before it.

    `weight` is 0 for text type, 1 for the even strokes of 黑体, 2 for bold.
    """

    char: str
    x0: float
    x1: float
    y: float
    size: float
    weight: int = 0
    spaced: bool = False


class Rule(NamedTuple):
    """A straight line: across (`at` is its y) or down (`at` is its x), from `start` to `end`."""

    at: float
    start: float
    end: float


class Aside(NamedTuple):
    """Text that is no part of the page's flow, and the rule that says why."""

    rule: str
    text: str


@dataclass
class Ink:
    """One page's letters in the order of the file."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    has_picture: bool = False


@dataclass(slots=True)
class Segment:
    """Letters on one baseline without a wide gap between them."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    weight: int = 0
    marks: tuple[str, ...] = ()

    @property
    def top(self) -> float:
        return self.y - 0.88 * self.size

    @property
    def bottom(self) -> float:
        return self.y + 0.12 * self.size


@dataclass(slots=True)
class Line:
    """One line of a column; `rule` names why it is no part of the text, when it is not."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    weight: int
    parts: tuple[Segment, ...]
    marks: tuple[str, ...] = ()
    rule: str = ""
    level: int = 0


@dataclass(slots=True)
class Box:
    """A cell of a table: how many columns and rows it covers, and its lines."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    x1: float
    parts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    bold: bool = False


@dataclass(slots=True)
class Grid:
    """A table on a page; `edges` bound its columns from left to right, `levels` its rows.

    A row that the page's end cut in two has no border drawn there: that side is open.
    """

    edges: tuple[float, ...]
    levels: tuple[float, ...]
    boxes: list[Box]
    is_open_above: bool = False
    is_open_below: bool = False

    @property
    def x0(self) -> float:
        return self.edges[0]

    @property
    def x1(self) -> float:
        return self.edges[-1]

    @property
    def top(self) -> float:
        return self.levels[0]

    @property
    def bottom(self) -> float:
        return self.levels[-1]

    @property
    def height(self) -> int:
        return max((box.row + box.rows for box in self.boxes), default=0)


@dataclass(slots=True)
class Flow:
    """Lines and tables that follow one another between the same two edges.

    Lines at the page's edge that stand off from the rest are a flow apart.
    """

    items: list[Line | Grid]
    left: float
    right: float
    is_apart: bool = False

    @property
    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]


@dataclass(slots=True)
class Sheet:
    """One page after its letters were put into lines and its columns into reading order."""

    number: int
    width: float
    height: float
    flows: list[Flow]
    aside: list[Aside] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [line for flow in self.flows for line in flow.lines]
