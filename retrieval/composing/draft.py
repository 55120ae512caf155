"""An answer in the making: statements, each with the quotes it rests on."""

from dataclasses import dataclass, field
from typing import Final

from foundation.wording import say
from retrieval.answer import Answer, Citation, Quote, Verdict
from retrieval.folding import letters
from retrieval.library import Library

_ENDS: Final = tuple("。！？；：，.!?;:,")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer; `text` is what is said, the quotes are what it rests on."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass
class Draft:
    """Statements in order, and how they are set: one paragraph, or one to a line."""

    statements: list[Statement] = field(default_factory=list)
    as_list: bool = False
    lead: str = ""
    notes: list[str] = field(default_factory=list)
    gloss: str = ""
    missing: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return sum(len(statement.text) for statement in self.statements)

    def quotes(self) -> list[Quote]:
        return [quote for statement in self.statements for quote in statement.quotes]


def verbatim(quote: Quote, library: Library) -> bool:
    """Does every letter of the quote stand in its passage, in that order?"""
    wanted = letters(quote.text)
    return bool(wanted) and wanted in letters(library.passage(quote.version, quote.passage).text)


def finish(draft: Draft, library: Library, language: str, verdict: Verdict) -> Answer:
    """The text with its marks, and the citations; a statement whose quote fails is left out."""
    kept = [s for s in draft.statements if s.quotes and all(verbatim(q, library) for q in s.quotes)]
    citations: list[Citation] = []
    written: list[str] = []
    for statement in kept:
        marks = [_cite(quote, citations, library) for quote in statement.quotes]
        written.append(statement.text + "".join(f"[{m}]" for m in dict.fromkeys(marks)))
    text = "\n".join(written) if draft.as_list else _run_on(kept, written, language)
    if draft.lead:
        text = f"{draft.lead}\n{text}"
    if draft.gloss and text:
        every = "".join(f"[{citation.mark}]" for citation in citations)
        text = f"{draft.gloss} {every}\n{say('answer.its_words', language)}\n{text}"
    found = verdict if kept else Verdict.NOT_FOUND
    return Answer(
        text, found, language, tuple(citations), tuple(draft.notes), missing=draft.missing
    )


def _run_on(statements: list[Statement], written: list[str], language: str) -> str:
    """Statements in one paragraph; what ends without a stop is followed by a new line."""
    text = ""
    for statement, marked in zip(statements, written, strict=True):
        text += marked.lstrip() if text.endswith(" ") else marked
        ended = statement.text.rstrip().endswith(_ENDS)
        text += (" " if language == "en" else "") if ended else "\n"
    return text.rstrip()


def _cite(quote: Quote, citations: list[Citation], library: Library) -> int:
    """The mark of a quote; the same words of the same passage share one."""
    for citation in citations:
        same = (citation.version, citation.passage, citation.quote)
        if same == (quote.version, quote.passage, quote.text):
            return citation.mark
    citations.append(cite(quote, len(citations) + 1, library))
    return len(citations)


def cite(quote: Quote, mark: int, library: Library) -> Citation:
    record = library.record(quote.version)
    reading = library.reading(quote.version)
    passage = reading.passages[quote.passage]
    return Citation(
        mark, record.id, record.title, reading.path(passage.section), passage.page,
        quote.text, quote.version, quote.passage,
    )  # fmt: skip
