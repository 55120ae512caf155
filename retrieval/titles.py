"""Which documents a question names by their titles, in full or without 中华人民共和国."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from retrieval.bridging import Unit
from retrieval.library import Library, bare

_SHORTEST: Final = 3
_KIND: Final = re.compile(r"(?:促进|保障|保护|管理)?(?:法|条例|规定|办法)$")
_ENGLISH_KIND: Final = re.compile(r"\b(?:laws?|acts?|regulations?|ordinances?|rules?)\b")
_JOINT: Final = re.compile(r"(?:和|与|跟|同|、|,|，|以及|及|还有)+")
_EACH: Final = re.compile(r"分别|各自|各|都|两部法律|两者")


@dataclass(frozen=True, slots=True)
class Named:
    """A title that stands in a question, and where."""

    version: str
    title: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.title)


def titles_in(folded: str, library: Library) -> list[Named]:
    """The titles in a question, in its order; one within a longer one does not count."""
    asked = bare(folded)
    found = [
        Named(version, title, asked.find(title))
        for version in library.records
        if len(title := library.said_title(version)) >= _SHORTEST and title in asked
    ]
    chosen: list[Named] = []
    for named in sorted(found, key=lambda n: _rank(n, library), reverse=True):
        if all(named.end <= other.start or named.start >= other.end for other in chosen):
            chosen.append(named)
    return sorted(chosen, key=lambda n: n.start)


def _rank(named: Named, library: Library) -> tuple[int, bool, str]:
    """The longer title counts; of two alike the one not replaced, then the newer document's."""
    record = library.record(named.version)
    return len(named.title), record.replaced_by is None, str(record.published_on or "")


def named_version(folded: str, library: Library) -> str | None:
    """The document whose title stands in a question; of several the longest title."""
    found = titles_in(folded, library)
    return max(found, key=lambda n: len(n.title)).version if found else None


def named_in_english(folded: str, units: Sequence[Unit], library: Library) -> str | None:
    """The Archives Law is the document called 档案法, when the thesaurus knows archives."""
    if not _ENGLISH_KIND.search(folded):
        return None
    names = {name for unit in units for name in unit.alternatives}
    found = [
        version
        for version in library.records
        if len(core := _KIND.sub("", library.said_title(version))) > 1
        and core != library.said_title(version)
        and any(name.startswith(core) for name in names)
    ]
    return found[0] if len(found) == 1 else None


def each_alone(folded: str, library: Library) -> list[tuple[Named, str]]:
    """“A法和B法分别何时施行” as one question for each; empty when it does not name several."""
    found = titles_in(folded, library)
    asked = bare(folded)
    between = [asked[a.end : b.start] for a, b in pairwise(found)]
    if len(found) < 2 or not all(_JOINT.fullmatch(part) for part in between):
        return []
    before, after = asked[: found[0].start], _EACH.sub("", asked[found[-1].end :])
    return [(named, f"{before}{named.title}{after}") for named in found]
