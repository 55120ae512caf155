"""The order in which a person reads the boxes of a slide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

_DEEPEST: Final = 12
_OVERLAP: Final = 0.15
_SIMILAR: Final = 0.7

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Box(Generic[Thing]):
    """Where a thing stands on a slide."""

    left: int
    top: int
    right: int
    bottom: int
    thing: Thing


def in_reading_order(boxes: Sequence[Box[Thing]], depth: int = 0) -> list[Box[Thing]]:
    """Rows from the top, each from the left; cards side by side one after the other."""
    rows = _with_cards(_cut(boxes, across=False))
    groups = rows if len(rows) > 1 else _cut(boxes, across=True)
    if len(groups) < 2 or depth > _DEEPEST:
        return sorted(boxes, key=lambda box: (box.top, box.left))
    return [box for group in groups for box in in_reading_order(group, depth + 1)]


def _with_cards(rows: list[list[Box[Thing]]]) -> list[list[Box[Thing]]]:
    """A row of titles and the row of their texts are one row of cards."""
    merged: list[list[Box[Thing]]] = []
    for row in rows:
        if merged and _are_cards(merged[-1], row):
            merged[-1] = merged[-1] + row
        else:
            merged.append(row)
    return merged


def _are_cards(titles: list[Box[Thing]], texts: list[Box[Thing]]) -> bool:
    columns = {len(_cut(group, across=True)) for group in (titles, texts, titles + texts)}
    if len(columns) > 1 or columns == {1}:
        return False
    return max(map(_height, titles)) < _SIMILAR * min(map(_height, texts))


def _height(box: Box[Thing]) -> int:
    return box.bottom - box.top


def _cut(boxes: Sequence[Box[Thing]], *, across: bool) -> list[list[Box[Thing]]]:
    """Groups with a gap between them; a little overlap is bad aim and not meant."""
    ordered = sorted(boxes, key=lambda box: _ends(box, across=across))
    groups: list[list[Box[Thing]]] = []
    reached = 0
    for box in ordered:
        first, last = _ends(box, across=across)
        tolerance = int((last - first) * _OVERLAP)
        if groups and first + tolerance < reached:
            groups[-1].append(box)
            reached = max(reached, last)
        else:
            groups.append([box])
            reached = last
    return groups


def _ends(box: Box[Thing], *, across: bool) -> tuple[int, int]:
    return (box.left, box.right) if across else (box.top, box.bottom)
