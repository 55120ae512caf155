"""The tree of sections as it grows: which stand open, and what a new heading closes."""

from knowledge.document import Section
from knowledge.structure.heading import Heading


class Tree:
    """Takes headings in reading order."""

    def __init__(self, title: str) -> None:
        self.sections = [Section(title, 0, None)]
        self._open: list[tuple[int, Heading]] = []
        self._back_to: list[tuple[int, Heading]] | None = None

    @property
    def here(self) -> int:
        """The section that what comes next stands in."""
        return self._open[-1][0] if self._open else 0

    def open(self, heading: Heading, page: int | None) -> None:
        """Open a section beneath the ones that a heading stands in."""
        before = list(self._open)
        self._climb(heading)
        parent = self.here
        level = self.sections[parent].level + 1
        self.sections.append(Section(heading.title, level, parent, page))
        self._open.append((len(self.sections) - 1, heading))
        if heading.brief:
            self._back_to = before

    def leave_brief(self) -> None:
        """A brief section ends with its own block."""
        if self._back_to is not None:
            self._open, self._back_to = self._back_to, None

    def rise(self) -> None:
        """Close the numbered sections: what comes next stands in the part itself."""
        while self._open and not _is_part(self._open[-1][1]):
            self._open.pop()

    def _climb(self, heading: Heading) -> None:
        """Close the sections that a heading does not stand in."""
        for place, (_, above) in enumerate(self._open):
            if above.kind == heading.kind:
                del self._open[place:]
                return
        while self._open and not _contains(self._open[-1][1], heading):
            self._open.pop()


def _is_part(heading: Heading) -> bool:
    return heading.kind.startswith("#") or heading.kind in {"part", "附件"}


def _contains(above: Heading, heading: Heading) -> bool:
    """Does a heading stand beneath the one above it: by the file's levels, or by the ladder?"""
    if above.kind == "附件":
        return heading.kind != "附件"
    one_unmarked = above.kind.startswith("#") or heading.kind.startswith("#")
    if above.file_level and heading.file_level and one_unmarked:
        return above.file_level < heading.file_level
    return above.height < heading.height
