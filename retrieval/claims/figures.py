"""The figures of a sentence, and those that its quotes do not hold: a model adds no numbers."""

import re
from calendar import month_name
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from retrieval.claims.dates import PERIOD
from retrieval.folding import fold, number_of

_SCALES: Final = {
    "十": 10, "百": 100, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000,
    "千万": 10_000_000, "亿": 100_000_000, "hundred": 100, "thousand": 1_000,
    "million": 1_000_000, "billion": 1_000_000_000,
}  # fmt: skip
_NUMERALS: Final = r"[零〇一二三四五六七八九十百千两]"
_PERCENT: Final = r"%|‰|个?百分点|percent|per cent"
_DIGITS: Final = re.compile(
    r"(?P<share>百分之\s*)?(?<![\d.])(?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s*(?P<scale>[十百千]?万|亿|千(?!米|克|瓦)|百万|(?:hundred|thousand|million|billion)s?\b)?"
    rf"\s*(?P<percent>{_PERCENT})?"
)
# 三农, 一带一路 and their like are names and no numbers.
_NAMED: Final = re.compile(r"一带一路|三农|五四|九三|一二线|四库")
_RANK: Final = re.compile(rf"第({_NUMERALS}+)|^\s*[(（]?({_NUMERALS}{{1,3}})[)）、]+", re.M)
_COUNT: Final = re.compile(
    rf"(?P<share>百分之\s*)?(?P<number>{_NUMERALS}+)(?P<scale>万|亿)?(?P<percent>{_PERCENT})?"
    r"(?P<of>[多余]?(?:[个项条种类大年月日天倍成家本名位份届周点步部处册件所座支次期批方面层级套场间路环元人]"
    r"|\s?[a-z]{1,4}\b|分之))?"
)
_WORDS: Final = {
    word: value
    for value, words in enumerate(
        ("two second", "three third", "four fourth", "five fifth", "six sixth", "seven seventh",
         "eight eighth", "nine ninth", "ten tenth", "eleven eleventh", "twelve twelfth",
         "thirteen thirteenth", "fourteen fourteenth", "fifteen fifteenth", "sixteen", "seventeen",
         "eighteen", "nineteen", "twenty"),
        2,
    )
    for word in words.split()
}  # fmt: skip
_MONTHS: Final = {
    name.casefold(): number for number, name in enumerate(month_name) if name
}  # fmt: skip
_WORD: Final = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b(?!-year (?:plan|period))")
_MONTH: Final = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})\b(?=\.?,?\s*\d)|(?<=\d)\s+(?P<after>{'|'.join(_MONTHS)})\b"
)
_YEARS: Final = range(1500, 2200)
_TALLIED: Final = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written, what it comes to, and whether it is a share or a count."""

    written: Decimal
    value: Decimal
    is_percent: bool = False
    is_spelled: bool = False
    at: int = 0

    @property
    def is_year(self) -> bool:
        return not self.is_percent and self.value == self.written and self.value in _YEARS


def figures(text: str) -> list[Figure]:
    """Every number of a text, in digits and words; five-year periods are no numbers."""
    folded = _RANK.sub(lambda m: f"{m[1] or m[2]}个", folded_apart(text))
    folded = PERIOD.sub(" ", _NAMED.sub(" ", folded))
    found = [*_in_digits(folded), *_in_numerals(folded), *_in_words(folded)]
    return sorted(found, key=lambda f: f.at)


def folded_apart(text: str) -> str:
    """Folded, with the numbers of 120，260 kept apart: only 120,260 is one."""
    return fold(re.sub(r"(?<=\d)([，、])(?=\d)", r"\1 ", text))


def _in_digits(folded: str) -> Iterator[Figure]:
    for match in _DIGITS.finditer(folded):
        written = Decimal(match["number"].replace(",", ""))
        scale = _SCALES[(match["scale"] or "").rstrip("s")] if match["scale"] else 1
        share = bool(match["share"] or match["percent"])
        yield Figure(written, written * scale, share, at=match.start())


def _in_numerals(folded: str) -> Iterator[Figure]:
    for match in _COUNT.finditer(folded):
        measured = match["of"] or match["scale"] or match["share"] or match["percent"]
        if not (measured or re.search(r"[百千]", match["number"])):
            continue
        written = Decimal(number_of(match["number"]))
        scale = _SCALES[match["scale"]] if match["scale"] else 1
        share = bool(match["share"] or match["percent"])
        # 一个 and 一种 are articles.
        if written > 1 or scale > 1 or share:
            yield Figure(written, written * scale, share, is_spelled=not share, at=match.start())


def _in_words(folded: str) -> Iterator[Figure]:
    for match in _WORD.finditer(folded):
        value = Decimal(_WORDS[match.group()])
        yield Figure(value, value, is_spelled=True, at=match.start())
    for match in _MONTH.finditer(folded):
        value = Decimal(_MONTHS[match["month"] or match["after"]])
        yield Figure(value, value, at=match.start())


def stray_figures(
    sentence: str, quoted: str, around: str, tallies: Collection[int] = ()
) -> list[Figure]:
    """The figures of a sentence that stand neither in its quotes nor around them.

    A year may come from the heading of a table or section only where the quotes give none; a
    count in words may be the number of things quoted.
    """
    held, nearby = figures(quoted), figures(around)
    dated = any(figure.is_year for figure in held)
    strays: list[Figure] = []
    for figure in figures(sentence):
        known = held if figure.is_year and dated else [*held, *nearby]
        if any(_same(figure, other, quoted + around) for other in known):
            continue
        # 每万人 is per 10,000 people.
        if any(word in quoted + around for word, value in _SCALES.items() if value == figure.value):
            continue
        if figure.is_spelled and figure.value <= _TALLIED and int(figure.value) in tallies:
            continue
        strays.append(figure)
    return strays


def _same(figure: Figure, other: Figure, evidence: str) -> bool:
    if figure.is_percent != other.is_percent and not _gives_percent(evidence):
        return False
    if figure.value == other.value:
        return True
    # 8460.87 under a heading that says 万人次 is 8460.87万人次.
    scaled = figure.value != figure.written and other.value == other.written
    return scaled and figure.written == other.written and _gives_scale(figure, evidence)


def _gives_percent(evidence: str) -> bool:
    return bool(re.search(r"[%％‰]|百分|percent", evidence))


def _gives_scale(figure: Figure, evidence: str) -> bool:
    scale = figure.value / figure.written
    return any(word in evidence for word, value in _SCALES.items() if value == scale)


def tallies_of(quotes: Collection[str]) -> set[int]:
    """How many things quotes can be said to name: themselves, and the members of enumerations."""
    found = {len(quotes)}
    for quote in quotes:
        for signs in ("、", "；;", "，,"):
            members = sum(quote.count(sign) for sign in signs) + 1
            found |= {members, members + len(re.findall(r"和|及|与|以及|\band\b", quote))}
    return found
