"""A numbered article that is asked for by its number: 劳动合同法第三十九条讲什么."""

import re
from typing import Final

from knowledge.document import Reading
from retrieval.answer import Quote
from retrieval.composing.draft import Draft, Statement
from retrieval.folding import fold
from retrieval.library import Library

_NUMBER: Final = re.compile(r"第\d{1,4}条(?:之\d)?")
_LONGEST: Final = 420


def article_asked(folded: str) -> str:
    """The article that a folded question names, as 第39条; empty when it names none."""
    found = _NUMBER.search(folded)
    return found.group() if found else ""


def article_draft(article: str, version: str, library: Library) -> Draft | None:
    """The text of an article, its items each on a line; None when the document has none such."""
    reading = library.reading(version)
    section = _section(reading, article)
    if section is None:
        return None
    draft = Draft(as_list=True)
    for number in reading.by_section.get(section, []):
        text = reading.passages[number].text
        if draft.statements and draft.size + len(text) > _LONGEST:
            break
        draft.statements.append(Statement(text, (Quote(version, number, text),)))
    return draft if draft.statements else None


def _section(reading: Reading, article: str) -> int | None:
    for number, section in enumerate(reading.sections):
        if fold(section.title) == article:
            return number
    return None
