"""Who issued a document and when, as it stands under it: the lines of its signature."""

import re
from typing import Final

from foundation.wording import say
from knowledge.document import Kind, Reading
from retrieval.answer import Quote
from retrieval.composing.draft import Draft, Statement
from retrieval.library import Library

_DATE: Final = re.compile(
    r"^(?:[〇零一二三四五六七八九十\d]{4})\s*年\s*[〇一二三四五六七八九十\d]{1,3}\s*月(?:.{1,4}日)?$"
)
_ASKS: Final = re.compile(
    r"落款|署名|发文(?:单位|机关|日期|时间)|发布(?:单位|机构|时间|日期)|谁(?:发|出|写|制定|起草)的|哪(?:年|天|月)(?:发|出)的"
    r"|由谁(?:发布|制定|起草)|(?:是|各是)谁发|什么时候(?:发布|发出|发的)|\b(?:issued|signed|published) (?:by|when)|who (?:issued|signed|published)"
)
_LONGEST: Final = 30


def asks_signature(folded: str) -> bool:
    return bool(_ASKS.search(folded))


def signature_lines(reading: Reading) -> list[int]:
    """The first run of short lines that ends in a date."""
    for number, passage in enumerate(reading.passages):
        if passage.kind is Kind.PARAGRAPH and _DATE.match(passage.text.replace(" ", "")):
            first = number
            while first > 0 and _is_line(reading, first - 1):
                first -= 1
            return list(range(first, number + 1))
    return []


def _is_line(reading: Reading, number: int) -> bool:
    passage = reading.passages[number]
    short = passage.kind is Kind.PARAGRAPH and len(passage.text) <= _LONGEST
    return short and not re.search(r"[：:。；,，]|^附件", passage.text)


def signature_draft(version: str, library: Library, language: str) -> Draft | None:
    """“《…》落款：北京大学信息管理系，中国图书馆馆长高级论坛，2021年4月。”"""
    reading = library.reading(version)
    lines = signature_lines(reading)
    if not lines:
        return None
    comma, stop = ("，", "。") if language == "zh" else (", ", ".")
    lead = say("answer.issued", language, title=library.record(version).title)
    statements = [
        Statement(
            (lead if n == 0 else "")
            + reading.passages[line].text
            + (stop if n == len(lines) - 1 else comma),
            (Quote(version, line, reading.passages[line].text),),
        )
        for n, line in enumerate(lines)
    ]
    return Draft(statements)
