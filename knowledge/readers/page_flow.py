"""From a page's tree to lines in reading order: paragraphs, headings, lists, notes."""

import re
from collections.abc import Callable
from typing import Final, Protocol

from lxml import etree
from lxml.etree import _Element as Element

from knowledge.readers.numerals import labelled
from knowledge.readers.page_notes import PageNotes, without_mark
from knowledge.readers.page_state import State
from knowledge.readers.page_tags import BLOCKS, NEVER_TEXT
from knowledge.readers.spacing import are_wrapped, joined, tidy
from knowledge.readers.superscript import read_raised
from knowledge.source import Role
from knowledge.structure.ladder import rung_of

_BREAK: Final = "\u2028"
_TOOL_LINE: Final = 200
_TOOLS: Final = re.compile(
    r"(?:字[体号]|打印(?:本页)?|关闭(?:窗口|本页)?|分享到?|收藏|返回(?:顶部|首页)|微信|微博|QQ空间|大|中|小"
    r"|(?:添加|加入)收藏夹?|设为首页|关于我们|联系我们|网站地图|上一[篇页]|下一[篇页]"
    r"|复制链接|我要纠错|扫一扫在手机打开当前页|(?:浏览|点击|访问)(?:次数|量|数)|[\s\d|｜·:：\[\]【】/])+"
    r"|(?:您|你|当前|现在).{0,6}位置(?:是|在)?\s*[:：].*"
    r"|.*(?:ICP\s*备|公网安备|网站标识码|本站访问量).*"
)
_NO_TOOL: Final = re.compile(r"[\s\d大中小]*|.{1,2}")


class Sink(Protocol):
    """Where the lines go: a source being built, or a cell of a table."""

    def add(
        self,
        role: Role,
        text: str,
        *,
        level: int = 0,
        marks: tuple[str, ...] = (),
        gap: int = 0,
        wrapped: bool = False,
        rule: str = "",
    ) -> None: ...


class Flow:
    """Walks a tree and hands its lines to a sink."""

    def __init__(
        self,
        sink: Sink,
        notes: PageNotes,
        dropped: frozenset[Element] = frozenset(),
        read_table: Callable[[Element], bool] | None = None,
    ) -> None:
        """`read_table` takes a table over, or answers that it is there for its layout only."""
        self._sink = sink
        self._notes = notes
        self._dropped = dropped
        self._read_table = read_table
        self._in_cell = read_table is None
        self._state = State()
        self._note = ""
        self._text: list[str] = []
        self._marks: list[str] = []
        self._raised: list[int] = []

    def walk(self, root: Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._takes_over(element):
                    walk.skip_subtree()
                else:
                    self._open(element)
                    self._write(element.text)
            else:
                self._close(element)
                if element is not root:
                    self._write(element.tail)
        self._flush()

    def _takes_over(self, element: Element) -> bool:
        """What is not walked through: text of no use, boilerplate, marks, real tables."""
        if element.tag in NEVER_TEXT or element in self._notes.backs:
            return True
        if element in self._dropped:
            self._flush()
            self._drop(" ".join(texts_of(element)))
            return True
        if element in self._notes.marks:
            self._marks.append(self._notes.marks[element])
            return True
        if element.tag == "table" and self._read_table is not None:
            self._flush()
            return self._read_table(element)
        return False

    def _open(self, element: Element) -> None:
        if self._parts_lines(element):
            self._flush()
        self._note = self._notes.notes.get(element, self._note)
        self._state.enter(element)
        if element.tag == "br":
            self._text.append(_BREAK)
        elif element.tag == "sup":
            self._raised.append(len(self._text))

    def _close(self, element: Element) -> None:
        if element.tag == "sup" and self._raised:
            self._settle(self._raised.pop())
        if self._parts_lines(element):
            self._flush()
        elif element.tag in BLOCKS:
            self._text.append(" ")
        if element.tag in ("dd", "dl"):
            self._end_terms()
        self._state.leave(element)
        if element in self._notes.notes:
            self._note = ""

    def _parts_lines(self, element: Element) -> bool:
        """Cells of a table inside a cell stand on one line."""
        return element.tag in BLOCKS and not (self._in_cell and element.tag in ("td", "th"))

    def _write(self, text: str | None) -> None:
        if text:
            self._text.append(text.replace("\n", _BREAK) if self._state.pre else text)

    def _settle(self, start: int) -> None:
        """A raised stretch is a mark, an exponent or text."""
        before, raised = "".join(self._text[:start]), "".join(self._text[start:])
        kept, marks = read_raised(before[-20:], raised)
        self._text[start:] = [kept]
        self._marks += marks

    def _flush(self) -> None:
        lines = [tidy(line) for line in "".join(self._text).split(_BREAK)]
        self._text.clear()
        self._raised.clear()
        marks, self._marks = tuple(dict.fromkeys(self._marks)), []
        filled = [line for line in lines if line]
        state = self._state
        if not filled:
            self._marks += marks
        elif state.in_term:
            state.terms.append(joined(filled))
        elif state.heading:
            self._sink.add(Role.HEADING, joined(filled), level=state.heading, marks=marks)
        elif self._note:
            note = without_mark(joined(filled), self._note)
            self._sink.add(Role.NOTE, note, marks=(self._note,))
        else:
            self._lines(lines, marks, wrapped=are_wrapped(filled))

    def _lines(self, lines: list[str], marks: tuple[str, ...], *, wrapped: bool) -> None:
        gap = 0
        last = max(number for number, line in enumerate(lines) if line)
        for number, line in enumerate(lines):
            if not line:
                gap += 1
            elif not self._in_cell and _is_tool(line):
                self._drop(line)
            else:
                self._line(line, marks if number == last else (), gap, wrapped=wrapped)
                gap = 0

    def _line(self, line: str, marks: tuple[str, ...], gap: int, *, wrapped: bool) -> None:
        state = self._state
        if state.label is None:
            self._sink.add(Role.TEXT, line, marks=marks, gap=gap, wrapped=wrapped)
            return
        label, state.label = state.label, None
        if state.terms:
            label, state.terms = "、".join(state.terms).rstrip(":：") + "：", []
        if not rung_of(line):
            line = labelled(label, line)
        self._sink.add(Role.ITEM, line, level=state.depth, marks=marks, gap=gap)

    def _end_terms(self) -> None:
        """A term that nothing defines stands alone."""
        for term in self._state.terms:
            self._sink.add(Role.ITEM, term, level=self._state.depth)
        self._state.terms.clear()

    def _drop(self, text: str) -> None:
        self._sink.add(Role.FURNITURE, text, rule="boilerplate")


def texts_of(element: Element) -> list[str]:
    """The text of a subtree, scripts and the like aside."""
    texts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "start" and inner.tag in NEVER_TEXT:
            walk.skip_subtree()
        elif event == "start":
            texts.append(inner.text or "")
        elif inner is not element:
            texts.append(inner.tail or "")
    return [tidy(text) for text in texts if text.strip()]


def _is_tool(line: str) -> bool:
    """Buttons, the way back to the front page, registration numbers of the site."""
    if len(line) > _TOOL_LINE or _NO_TOOL.fullmatch(line):
        return False
    return _TOOLS.fullmatch(line) is not None
