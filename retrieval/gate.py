"""What must stand in the evidence: years, titles, ordinals, places; else it is no answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from retrieval.folding import number_of
from retrieval.question import Question, holder_of

PLACES: Final = Path(__file__).with_name("places.txt")
_NUMBERED: Final = re.compile(
    r"(?P<word>领域|方案|重点|专栏|附件|部分|阶段|任务|工程)(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})(?!\d)"
)
_NUMERALS: Final = tuple("零一二三四五六七八九十")
_SPECIFIC: Final = re.compile(r"首批|第一批|现任|前任|首任|历任|下一届|上一届|上一版|下一版|新一版")


@dataclass(frozen=True, slots=True)
class Demands:
    """The words of a question that no answer may do without, each with its other names."""

    words: tuple[tuple[str, ...], ...]

    def missing(self, evidence: str) -> tuple[str, ...]:
        """The demands that a folded text does not meet."""
        return tuple(names[0] for names in self.words if not any(n in evidence for n in names))


def _numbered(found: re.Match[str]) -> tuple[str, ...]:
    """影响力领域2 and 影响力领域二 are the same, and neither is 影响力领域3."""
    word, number = found["word"], found["n"]
    value = int(number) if number.isdigit() else number_of(number)
    written = (str(value), _NUMERALS[value] if value < len(_NUMERALS) else str(value))
    return tuple(dict.fromkeys((f"{word}{number}", *(f"{word}{form}" for form in written))))


@cache
def _institution_pattern() -> re.Pattern[str]:
    names = "|".join(places())
    return re.compile(
        rf"(?P<place>{names})[省市县]?(?P<kind>图书馆|大学|博物馆|文化馆|图书馆学会|图书馆协会)"
    )


@cache
def places() -> tuple[str, ...]:
    """Names of provinces and cities, the longest first."""
    lines = PLACES.read_text("utf-8").splitlines()
    names = [name for line in lines if not line.startswith("#") for name in line.split()]
    return tuple(sorted(names, key=len, reverse=True))


def demands(question: Question, alternatives: Iterable[tuple[str, tuple[str, ...]]]) -> Demands:
    """What an answer must hold; `alternatives` are other names of what the question names."""
    other = dict(alternatives)
    words: list[tuple[str, ...]] = [(year,) for year in question.years]
    words += [(f"第{n}",) for n in re.findall(r"第(\d+)[届次批期版]", question.folded)]
    words += [_numbered(found) for found in _NUMBERED.finditer(question.folded)]
    words += [(title, *other.get(title, ())) for title in question.titles]
    words += [(name, *other.get(name, ())) for name in _places_in(question.folded)]
    words += [_institution(found) for found in _institution_pattern().finditer(question.folded)]
    holder = holder_of(question.folded)
    if holder:
        words.append((holder[-2:], *other.get(holder, ())))
    words += [(word,) for word in _SPECIFIC.findall(question.folded)]
    return Demands(tuple(words))


def _institution(found: re.Match[str]) -> tuple[str, ...]:
    """杭州图书馆 is written 杭州市图书馆 too; but Hangzhou and a library apart are not it."""
    place, kind = found["place"], found["kind"]
    return (f"{place}{kind}", f"{place}省{kind}", f"{place}市{kind}", f"{place}县{kind}")


def _places_in(folded: str) -> list[str]:
    found: list[str] = []
    rest = folded
    for name in places():
        if name in rest:
            found.append(name)
            rest = rest.replace(name, " ")
    return found
