"""What a whole document says, in its own words: how it begins, and its headings."""

import re
from typing import Final

from knowledge.document import Kind, Reading
from retrieval.answer import Quote
from retrieval.composing.draft import Draft, Statement
from retrieval.coverage import Coverage
from retrieval.folding import fold
from retrieval.library import Library

_ASKS: Final = re.compile(
    r"总结|概括|概述|概要|梗概|大意|主要内容|内容(?:是|有)?(?:什么|哪些)|介绍"
    r"|(?:主要|都|大概|大致)?在?(?:讲|说|写|谈)了?(?:的|些|的是)?(?:什么|啥|哪些)(?:事情?|内容|东西)?"
    r"|是?(?:关于|有关)(?:什么|啥|哪些)(?:方面)?的?|是?干(?:什么|啥)(?:用)?的"
    r"|\b(?:summari[sz]e|summary|overview|outline|tell me about|introduce)\b"
    r"|\bwhat(?:'s| is| does) (?=.{3,60}\b(?:about|say)\W*$)|\b(?:about|say)\W*$"
)
_NOT_OF_IT: Final = re.compile(
    r"主要|内容|全文|整个|简单|简要|大概|大致|部分|文件|文档|一下|下|[这那该此][篇份个部项]?"
)
_NARROWER: Final = re.compile(r"第\d|\bsays? about\b|[对关]于?.+(?:说|讲|写|谈)")
_SAYS_LITTLE: Final = re.compile(
    r"^(?:目\s*录|摘\s*要|附件.{0,3}|参考文献|abstract|key ?words?|关键词)$", re.I
)
_BEGINS: Final = re.compile(r"^(?:摘\s*要|概述|简介|前言|引言|序言?|导言|.*简介)$")
_BEGINS_IN_ENGLISH: Final = re.compile(r"^(?:abstract|summary|introduction|overview)$", re.I)
_NAMED: Final = 0.75
_LEAST, _MOST, _LONGEST = 40, 16, 220
_FEW: Final = 4


def overview_asked(folded: str) -> str:
    """What is to be summed up, when a folded question asks for that; else empty."""
    if not _ASKS.search(folded) or _NARROWER.search(folded):
        return ""
    return _NOT_OF_IT.sub(" ", _ASKS.sub(" ", folded)).strip()


def document_meant(coverage: Coverage, library: Library) -> str | None:
    """The one document whose names hold all that a question speaks of."""
    if not coverage.units:
        return None
    kinds = {version: record.kind or "" for version, record in library.records.items()}
    named = {v: coverage.of(f"{library.names(v)}\n{kind}") for v, kind in kinds.items()}
    best = max(named, key=lambda v: named[v], default=None)
    if best is None or named[best] < _NAMED:
        return None
    alone = all(share < named[best] for version, share in named.items() if version != best)
    return best if alone else None


def overview_draft(version: str, library: Library, language: str) -> Draft | None:
    """How the document begins, then its headings; None when it has hardly any."""
    reading = library.reading(version)
    headings = _headings(reading)
    if len(headings) < 2:
        return None
    draft = Draft(as_list=True)
    beginning = _beginning(reading, language)
    for number in [*([] if beginning is None else [beginning]), *headings[:_MOST]]:
        text = _shown(reading.passages[number].text)
        draft.statements.append(Statement(text, (Quote(version, number, text),)))
    return draft


def _headings(reading: Reading) -> list[int]:
    """The headings of the first level; of the first two where these are few."""
    found = [
        (number, reading.sections[passage.section])
        for number, passage in enumerate(reading.passages)
        if passage.kind is Kind.HEADING and not _SAYS_LITTLE.match(passage.text.strip("：: "))
    ]
    first = [number for number, section in found if section.level == 1]
    if len(first) >= _FEW:
        return first
    whole = fold(reading.sections[0].title)
    return [n for n, section in found if 1 <= section.level <= 2 and fold(section.title) != whole]


def _beginning(reading: Reading, language: str) -> int | None:
    """The first paragraph of the abstract, or else the first that is a sentence."""
    form = _BEGINS_IN_ENGLISH if language == "en" else _BEGINS
    said = [n for n, passage in enumerate(reading.passages) if _says_something(passage.text)]
    said = [n for n in said if reading.passages[n].kind is Kind.PARAGRAPH]
    titles = reading.sections
    preferred = [n for n in said if form.match(titles[reading.passages[n].section].title.strip())]
    return next(iter((*preferred, *said)), None)


def _says_something(text: str) -> bool:
    return len(text) >= _LEAST and bool(re.search(r"[。；;.!！?？]", text))


def _shown(text: str) -> str:
    """A heading or a short paragraph whole; of a long one the first sentences."""
    if len(text) <= _LONGEST:
        return text
    some = re.match(rf".{{40,{_LONGEST}}}[。；;！？!?]|.{{40,{2 * _LONGEST}}}?\. ", text)
    return some.group().strip() if some else text[:_LONGEST]
