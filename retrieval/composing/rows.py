"""Answers from tables: the row's values under their headings, and the notes it calls."""

import re
from typing import Final

from foundation.wording import say
from knowledge.document import Passage
from retrieval.answer import Quote
from retrieval.bridging import Bridged
from retrieval.composing.draft import Draft, Statement
from retrieval.folding import fold
from retrieval.library import Library

_VALUE: Final = re.compile(r"[-+~]?[\d.,]+(?:\s*[-—–~至]\s*[\d.,]+)?\s*[%％‰]?|——|—|－")
_NO_VALUE: Final = {"——", "—", "－", "-", ""}
_NOTE_NUMBER: Final = re.compile(r"^\s*(?:\d{1,2}\s*[.．、)）]|[①-⑳])\s*")
_ABOUT_NOTE: Final = re.compile(
    r"怎么算|如何算|怎么统计|口径|包括|包含|哪些|什么意思|指什么|含义|定义|依据|基数|算进|统计|渠道"
    r"|\b(?:mean|include|defin|count|based)"
)


def row_draft(bridged: Bridged, version: str, number: int, library: Library) -> Draft:
    """What a row says, and what its notes add when they are asked for or short."""
    passage = library.passage(version, number)
    statement = row_statement(bridged, version, number, library)
    draft = Draft([statement])
    asks_note = bool(_ABOUT_NOTE.search(bridged.question.folded))
    for note in passage.notes[:2]:
        text = _NOTE_NUMBER.sub("", library.passage(version, note).text).strip()
        if asks_note or draft.size + len(text) < 160:
            lead = say("answer.note", bridged.question.language)
            draft.statements.append(Statement(f"{lead}{text}", (Quote(version, note, text),)))
    return draft


def row_statement(bridged: Bridged, version: str, number: int, library: Library) -> Statement:
    passage = library.passage(version, number)
    table = library.table_of(version, passage)
    quote = Quote(version, number, passage.text)
    header = table.header if table else ()
    cells = ["；".join(cell) for cell in passage.cells]
    language = bridged.question.language
    if header and (len(cells) > 2 or (len(cells) == 2 and _has_values(cells))):
        section = library.reading(version).sections[passage.section].title
        # A table under a heading of its own has no other name.
        caption = table.caption if table and table.caption != section else ""
        text = _values(bridged, header, cells, caption, language)
    elif header and len(cells) == 2:
        text = _outcome(header, passage, language)
    else:
        text = "，".join(cell for cell in cells if cell) + "。"
    return Statement(text, (quote,))


def _has_values(cells: list[str]) -> bool:
    return any(_VALUE.fullmatch(cell.strip()) for cell in cells[1:])


def _values(
    bridged: Bridged, header: tuple[str, ...], cells: list[str], caption: str, language: str
) -> str:
    """“数字资源总量(TB)：2020年 210.71，2025年 500。” with the column that was asked first."""
    pairs = list(zip(header[1:], cells[1:], strict=False))
    asked = [p for p in pairs if _is_asked(p[0], bridged)]
    rest = [p for p in pairs if p not in asked]
    written = [
        f"{name} {say('answer.no_value', language) if cell.strip() in _NO_VALUE else cell}".strip()
        for name, cell in [*asked, *rest]
    ]
    colon, comma, stop = ("：", "，", "。") if language == "zh" else (": ", ", ", ".")
    title = f"《{caption}》" if caption and language == "zh" else ""
    return f"{title}{cells[0]}{colon}{comma.join(written)}{stop}"


def _is_asked(column: str, bridged: Bridged) -> bool:
    if any(year in column for year in bridged.question.years):
        return True
    named = fold(column).strip()
    return len(named) > 1 and named in bridged.question.folded


def _outcome(header: tuple[str, ...], passage: Passage, language: str) -> str:
    """“…”的成功指标：(1) …；(2) …。"""
    first = "；".join(passage.cells[0])
    parts = passage.cells[1]
    if len(parts) == 1:
        listed = parts[0]
    else:
        listed = "；".join(f"({n}) {part}" for n, part in enumerate(parts, 1))
    if language == "en":
        return f"“{first}” → {header[1]}: {listed}."
    return f"“{first}”的{header[1]}：{listed}。"
