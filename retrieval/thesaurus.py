"""The thesaurus: what people say, bridged to what documents say, in both languages.

One concept a line in four columns; a line that begins with # is a heading; a trailing * marks a
term that stands in several concepts on purpose. Terms are written in folded form.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from foundation.errors import ConfigurationError
from retrieval.folding import fold

COLUMNS: Final = ("official", "everyday", "english", "abbreviation")
SHARED_MARK: Final = "*"

# How far a term of each column vouches for the Chinese terms of its concept, and for the English.
_WEIGHTS: Final = {
    "official": (0.7, 0.3),
    "everyday": (1.0, 0.3),
    "english": (1.0, 0.5),
    "abbreviation": (1.0, 0.5),
}
_SHARED_WEIGHT: Final = 0.75
_WORD: Final = re.compile(r"[a-z]+|[0-9]+")
_WITHIN_PHRASE: Final = re.compile(r"[\s\-_/.,'’&]*")
_NOT_PLURAL: Final = frozenset({"news", "goods", "means", "customs", "arms"})
_LOST_E: Final = ("se", "xe", "ze", "che", "she")


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term found in a question, and the other terms that documents may use for it."""

    term: str
    official: tuple[str, ...]
    weight: float


class Concept(NamedTuple):
    """One line of the thesaurus, folded and without marks."""

    official: tuple[str, ...]
    everyday: tuple[str, ...]
    english: tuple[str, ...]
    abbreviation: tuple[str, ...]


_Meanings = tuple[tuple[Concept, str], ...]
_Place = tuple[int, int, _Meanings]


@dataclass(frozen=True)
class Thesaurus:
    """All concepts, with an index of their terms: Chinese ones by text, Latin ones by stems."""

    concepts: tuple[Concept, ...]
    _chinese: dict[str, _Meanings] = field(repr=False)
    _latin: dict[tuple[str, ...], _Meanings] = field(repr=False)
    _longest: tuple[int, int]

    def expand(self, folded_question: str) -> list[Expansion]:
        """Expansions in the order of the question; where terms overlap, the longest counts."""
        places = [*self._find_chinese(folded_question), *self._find_latin(folded_question)]
        expansions: list[Expansion] = []
        for start, end, meanings in _without_overlaps(places):
            expansions.extend(_expansions(folded_question[start:end], meanings))
        return expansions

    def _find_chinese(self, text: str) -> Iterator[_Place]:
        longest = self._longest[0]
        for start in range(len(text)):
            for end in range(min(start + longest, len(text)), start, -1):
                if text[start:end] in self._chinese:
                    yield start, end, self._chinese[text[start:end]]

    def _find_latin(self, text: str) -> Iterator[_Place]:
        words = list(_WORD.finditer(text))
        for first, word in enumerate(words):
            stems: tuple[str, ...] = ()
            previous_end = word.start()
            for following in words[first : first + self._longest[1]]:
                if not _WITHIN_PHRASE.fullmatch(text, previous_end, following.start()):
                    break
                previous_end = following.end()
                stems = (*stems, _stem(following.group()))
                if stems in self._latin:
                    yield word.start(), previous_end, self._latin[stems]


def load_thesaurus(path: Path) -> Thesaurus:
    """Read the thesaurus; a line that the checker complains of counts as far as it goes."""
    text = unicodedata.normalize("NFKC", _read(path)).casefold().replace(SHARED_MARK, "")
    concepts: list[Concept] = []
    chinese: dict[str, _Meanings] = {}
    latin: dict[tuple[str, ...], _Meanings] = {}
    for _, cells in _rows(text):
        cells = [*cells, "", "", ""][: len(COLUMNS)]
        concept = Concept(*[tuple(cell.split(";")) if cell else () for cell in cells])
        concepts.append(concept)
        for column, terms in zip(COLUMNS, concept, strict=True):
            meaning = ((concept, column),)
            for term in terms:
                if not term.isascii():
                    chinese[term] = chinese.get(term, ()) + meaning
                elif stems := _stems(term):
                    latin[stems] = latin.get(stems, ()) + meaning
    longest = max(map(len, chinese), default=0), max(map(len, latin), default=0)
    return Thesaurus(tuple(concepts), chinese, latin, longest)


def check_thesaurus(path: Path) -> list[str]:
    """Everything wrong with the file, each with its line; an empty list when nothing is."""
    text = _read(path)
    problems: list[str] = []
    if text.partition("\n")[0] != "\t".join(COLUMNS):
        problems.append(f"line 1: the header must be {' '.join(COLUMNS)}, parted by tabs")
    heads: dict[str, int] = {}
    places: dict[str, list[tuple[int, bool]]] = {}
    for line, cells in _rows(text):
        problems += [f"line {line}: {problem}" for problem in _problems_of_line(cells)]
        head = _plain(cells[0].partition(";")[0])
        if heads.setdefault(head, line) != line:
            problems.append(f"line {line}: {head} already heads line {heads[head]}")
        for term in ";".join(cells).split(";"):
            places.setdefault(_form(_plain(term)), []).append((line, term.endswith(SHARED_MARK)))
    return problems + list(_problems_of_sharing(places))


def _problems_of_line(cells: list[str]) -> Iterator[str]:
    if len(cells) != len(COLUMNS):
        yield f"{len(cells)} columns where there must be {len(COLUMNS)}"
    if not cells[0].strip():
        yield "the official column is empty"
    if sum(bool(cell.strip()) for cell in cells) < 2:
        yield "at least two columns must be filled"
    for cell in filter(None, cells):
        for term in cell.split(";"):
            yield from _problems_of_term(term)


def _problems_of_term(term: str) -> Iterator[str]:
    plain = _plain(term)
    if not plain:
        yield "an empty term"
    elif len(plain) == 1:
        yield f"{plain} has only one character and would be found everywhere"
    elif plain != fold(plain):
        yield f"{plain} must be written {fold(plain)}"
    if term != plain + SHARED_MARK * term.endswith(SHARED_MARK):
        yield f"{plain} has a blank or a mark too many around it"


def _problems_of_sharing(places: dict[str, list[tuple[int, bool]]]) -> Iterator[str]:
    for term, found in places.items():
        lines = sorted({line for line, _ in found})
        if not term:
            continue
        if len(found) > len(lines):
            yield f"line {lines[0]}: {term} stands twice in one line"
        if len(lines) == 1 and found[0][1]:
            yield f"line {lines[0]}: {term} is marked as shared and stands nowhere else"
        if len(lines) > 1 and not all(marked for _, marked in found):
            others = ", ".join(map(str, lines[:-1]))
            yield f"line {lines[-1]}: {term} also stands in line {others}; mark each with *"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"The thesaurus {path.name} cannot be read as UTF-8 text; restore it and try again."
        ) from error


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines()[1:], start=2):
        if line.strip() and not line.startswith("#"):
            yield number, line.split("\t")


def _plain(term: str) -> str:
    return term.removesuffix(SHARED_MARK).strip()


def _stems(term: str) -> tuple[str, ...]:
    return (_stem(term),) if term.isalpha() else tuple(map(_stem, _WORD.findall(term)))


@cache
def _stem(word: str) -> str:
    """The same stem for a noun and its plural: library and libraries, course and courses."""
    if len(word) <= 3 or word in _NOT_PLURAL:
        return word
    if word[-1] == "s" and word[-2] != "s":
        word = word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return word[:-1] if word.endswith(_LOST_E) else word


def _without_overlaps(places: list[_Place]) -> list[_Place]:
    taken: set[int] = set()
    kept: list[_Place] = []
    for place in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        if taken.isdisjoint(range(place[0], place[1])):
            taken.update(range(place[0], place[1]))
            kept.append(place)
    return sorted(kept, key=lambda place: place[0])


def _expansions(term: str, meanings: _Meanings) -> Iterator[Expansion]:
    factor = _SHARED_WEIGHT if len(meanings) > 1 else 1.0
    for concept, column in meanings:
        for terms, weight in zip(
            (concept.official + concept.abbreviation, concept.english),
            _WEIGHTS[column],
            strict=True,
        ):
            if others := _without_forms_of(term, terms):
                yield Expansion(term, others, round(weight * factor, 3))


def _without_forms_of(term: str, terms: tuple[str, ...]) -> tuple[str, ...]:
    """The terms but the one that was found; its plural is the same one."""
    form = _form(term)
    return tuple(other for other in terms if _form(other) != form)


def _form(term: str) -> str:
    return " ".join(_stems(term)) if term.isascii() else term
