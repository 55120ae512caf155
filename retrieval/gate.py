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
PLACES_IN_ENGLISH: Final = Path(__file__).with_name("places_en.txt")
# Offices that an English question may ask the holder of, as the documents write them.
_OFFICES: Final = {
    "president": ("主席", "会长", "总统"), "chair": ("主席",), "chairman": ("主席",),
    "director": ("馆长", "主任", "局长", "院长"), "head": ("馆长", "主任", "负责人"),
    "author": ("作者",), "mayor": ("市长",), "secretary general": ("秘书长",),
    "dean": ("院长",), "founder": ("创始人",), "minister": ("部长",),
}  # fmt: skip
_HOLDER_IN_ENGLISH: Final = re.compile(
    rf"\bwho(?: is|'s| was)(?: the)?(?: current)? ({'|'.join(_OFFICES)})\b"
)
_KIND_IN_ENGLISH: Final = r"(?: (?:municipal|provincial|city|public))* (library|university|museum)"
_KINDS: Final = {"library": "图书馆", "university": "大学", "museum": "博物馆"}
_CAPITALISED: Final = re.compile(r"(?<=[a-z0-9,'’] )[A-Z][A-Za-z-]+")
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


@cache
def places_in_english() -> tuple[tuple[str, str], ...]:
    """English names of places, each with the Chinese."""
    lines = PLACES_IN_ENGLISH.read_text("utf-8").splitlines()
    pairs = [line.split() for line in lines if line and not line.startswith("#")]
    return tuple((name.replace("_", " "), written) for name, written in pairs)


def demands(question: Question, alternatives: Iterable[tuple[str, tuple[str, ...]]]) -> Demands:
    """What an answer must hold; `alternatives` are other names of what the question names."""
    other = dict(alternatives)
    words: list[tuple[str, ...]] = [(year,) for year in question.years]
    words += [(f"第{n}",) for n in re.findall(r"第(\d+)[届次批期版]", question.folded)]
    words += [_numbered(found) for found in _NUMBERED.finditer(question.folded)]
    words += [(title, *other.get(title, ())) for title in question.titles]
    words += [(name, *other.get(name, ())) for name in _places_in(question.folded)]
    words += [_institution(found) for found in _institution_pattern().finditer(question.folded)]
    words += _named_in_english(question.folded)
    holder = holder_of(question.folded)
    if holder:
        words.append((holder[-2:], *other.get(holder, ())))
    words += [(word,) for word in _SPECIFIC.findall(question.folded)]
    return Demands(tuple(words))


def _named_in_english(folded: str) -> list[tuple[str, ...]]:
    """Places, their institutions and offices of an English question, as documents write them."""
    words: list[tuple[str, ...]] = []
    for name, written in places_in_english():
        found = re.search(rf"\b{name}\b(?:{_KIND_IN_ENGLISH})?", folded)
        if found is None:
            continue
        words.append((name.title(), name, written))
        if found[1]:
            kind = _KINDS[found[1]]
            title = f"{name} {found[1]}".title()
            words.append((title, *(f"{written}{unit}{kind}" for unit in ("", "省", "市", "县"))))
    office = _HOLDER_IN_ENGLISH.search(folded)
    if office:
        words.append((office[1], *_OFFICES[office[1]]))
    return words


def unknown_names(question: Question, known: Iterable[str], evidence: str) -> tuple[str, ...]:
    """Names with a capital in an English question that neither words nor evidence know."""
    if question.language != "en":
        return ()
    heard = "\n".join((evidence, *known))
    names = dict.fromkeys(_CAPITALISED.findall(question.text))
    return tuple(name for name in names if name.casefold() not in heard)


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
