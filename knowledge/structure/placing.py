"""Where in a source text a piece of clean text ends: counted in letters, past what was dropped."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from knowledge.document import Drop, Span

# A drop by this rule stands for the letter that it writes, and only the spelling is dropped.
ENTITY: Final = "entity"
_OPENERS: Final = "“《（(【「‘<*_[［"


class Places:
    """Counts letters of a source text, past what rules dropped from it."""

    def __init__(self, text: str, drops: Iterable[Drop]) -> None:
        self._text = text
        self._drops = sorted(drops, key=lambda drop: drop.span.start)
        self._starts = [drop.span.start for drop in self._drops]
        self._longest = max((d.span.end - d.span.start for d in self._drops), default=0)

    def after(self, letters: int, span: Span) -> int:
        """The place in a span after so many letters and the marks that close them."""
        left, place = letters, span.start
        for at, end, counted in self._signs(span):
            if left <= 0 and (counted or self._text[at] in _OPENERS):
                return at
            left -= counted
            place = end
        return place

    def _signs(self, span: Span) -> Iterator[tuple[int, int, int]]:
        """Each sign with its letters: none for a mark, and for a dropped stretch its own."""
        at = span.start
        for drop in self._within(span):
            for place in range(at, drop.span.start):
                yield place, place + 1, self._text[place].isalnum()
            if drop.span.end > at:
                start, at = max(at, drop.span.start), drop.span.end
                written = unescape(self._text[start:at]) if drop.rule == ENTITY else ""
                yield start, at, sum(letter.isalnum() for letter in written)
        for place in range(at, span.end):
            yield place, place + 1, self._text[place].isalnum()

    def _within(self, span: Span) -> Iterator[Drop]:
        first = bisect_left(self._starts, span.start - self._longest)
        for drop in self._drops[first : bisect_left(self._starts, span.end)]:
            if drop.span.end > span.start:
                yield drop
