"""What must stand in the evidence: years, titles, ordinals, places; else the answer is not there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from retrieval.question import Question

PLACES: Final = Path(__file__).with_name("places.txt")
_SPECIFIC: Final = re.compile(r"首批|第一批|现任|前任|首任|历任|下一届|上一届|上一版|下一版|新一版")
_CURRENT: Final = {"现任", "首批", "第一批"}


@dataclass(frozen=True, slots=True)
class Demands:
    """The words of a question that no answer may do without, each with its other names."""

    words: tuple[tuple[str, ...], ...]

    def missing(self, evidence: str) -> tuple[str, ...]:
        """The demands that a folded text does not meet."""
        return tuple(names[0] for names in self.words if not any(n in evidence for n in names))


@cache
def places() -> tuple[str, ...]:
    """Names of provinces and cities, the longest first."""
    names = PLACES.read_text("utf-8").split()
    return tuple(sorted((n for n in names if not n.startswith("#")), key=len, reverse=True))


def demands(question: Question, alternatives: Iterable[tuple[str, tuple[str, ...]]]) -> Demands:
    """What an answer must hold; `alternatives` are other names of what the question names."""
    other = dict(alternatives)
    words: list[tuple[str, ...]] = [(year,) for year in question.years]
    words += [(f"第{n}",) for n in re.findall(r"第(\d+)[届次批期版]", question.folded)]
    words += [(title, *other.get(title, ())) for title in question.titles]
    words += [(name, *other.get(name, ())) for name in _places_in(question.folded)]
    words += [(word,) for word in _SPECIFIC.findall(question.folded)]
    return Demands(tuple(words))


def _places_in(folded: str) -> list[str]:
    found: list[str] = []
    rest = folded
    for name in places():
        if name in rest:
            found.append(name)
            rest = rest.replace(name, " ")
    return found
