"""Holding each sentence of a model against its quotes: what they do not bear out is dropped."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from retrieval.answer import Quote
from retrieval.claims.cleaning import plain
from retrieval.claims.dates import stray_days, stray_periods
from retrieval.claims.figures import stray_figures, tallies_of
from retrieval.claims.names import OtherNames, bridged, stray_names
from retrieval.claims.pairing import mispaired
from retrieval.claims.polarity import turned_round
from retrieval.claims.stretch import Stretch, stretch
from retrieval.composing.draft import Statement
from retrieval.evidence import Source
from retrieval.folding import fold, letters
from retrieval.model_answer import ModelAnswer, ModelSentence
from retrieval.question import core_of

LEAST_LETTERS: Final = 4
_CLAUSE: Final = re.compile(r"[，,；;：:。]+(?!\d)")
_NOT_SAID: Final = re.compile(
    r"《[^《》]*》|[(（]\d{1,2}[)）]|(?:^|(?<=[;:；：]))\s*\d{1,2}[.、]\s?(?!\d)"
)
_SHORT_CLAUSE: Final = 6
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LEANING: Final = re.compile(
    r"^(?:其|该|它|这|此|另外|同时|(?:it|this|that|these|they|also)\b)", re.I
)


@dataclass(frozen=True, slots=True)
class Measures:
    """What a check needs of the library: how much of a claim a text covers, and other names.

    The limits were found on the cards: their English glosses against the words they gloss, and
    against other words of the same document (`tests/retrieval/test_claims_of_cards.py`).
    """

    covers: Callable[[str, str], float]
    others: OtherNames
    least_quoted: float = 0.25
    least_covered: float = 0.5
    least_bridged: float = 0.35
    least_of_clause: float = 0.25


def checked(
    answer: ModelAnswer, sources: Mapping[int, Source], measures: Measures
) -> list[Statement]:
    """The sentences that hold, each with its quotes as their passages write them."""
    statements: list[Statement] = []
    said: set[str] = set()
    tallies = {len(answer.sentences), len(answer.sentences) - 1}
    dropped = False
    for sentence in answer.sentences:
        statement = _checked(sentence, sources, measures, tallies)
        # What leans on a sentence that was dropped would now lean on another one.
        orphaned = dropped and statement is not None and bool(_LEANING.match(statement.text))
        dropped = statement is None or orphaned
        if statement is None or orphaned or letters(statement.text) in said:
            continue
        said.add(letters(statement.text))
        statements.append(statement)
    return statements


def _checked(
    sentence: ModelSentence,
    sources: Mapping[int, Source],
    measures: Measures,
    tallies: set[int],
) -> Statement | None:
    text = plain(sentence.text)
    found = list(dict.fromkeys(_standing(sentence, sources)))
    if not found or len(letters(text)) < LEAST_LETTERS:
        return None
    if not _borne_out(text, found, measures, tallies):
        return None
    return Statement(text, tuple(Quote(s.version, s.passage, words.shown) for s, words in found))


def _standing(
    sentence: ModelSentence, sources: Mapping[int, Source]
) -> Iterator[tuple[Source, Stretch]]:
    """The quotes that stand in the passages that they name, as the passages write them."""
    for quote in sentence.quotes:
        source = sources.get(quote.passage)
        if source is None or not _says_something(quote.text):
            continue
        found = stretch(source.text, quote.text)
        if found is not None:
            # A row is read whole: a cell alone says nothing.
            yield source, Stretch(source.text, source.text) if source.cells else found


def _says_something(quote: str) -> bool:
    folded = quote.casefold()
    language = "zh" if _HAN.search(quote) else "en"
    return len(letters(quote)) >= LEAST_LETTERS and len(letters(core_of(folded, language))) > 1


def _borne_out(
    text: str, found: Sequence[tuple[Source, Stretch]], measures: Measures, tallies: set[int]
) -> bool:
    quotes = [words.shown for _, words in found]
    quoted = "\n".join(quotes)
    around = "\n".join(dict.fromkeys(source.around for source, _ in found))
    evidence = f"{quoted}\n{around}"
    said = _without_names(text, fold(evidence), measures)
    return not (
        stray_names(text, quoted, around, measures.others)
        or stray_figures(said, quoted, around, tallies | tallies_of(quotes))
        or stray_days(said, quoted, around)
        or stray_periods(said, quoted, around)
        or any(mispaired(text, source.header, source.cells) for source, _ in found)
        or turned_round(said, "\n".join(words.sentences for _, words in found))
    ) and _covered(text, quoted, evidence + "\n" + _whole(found), measures)


def _without_names(text: str, evidence: str, measures: Measures) -> str:
    """A sentence without titles, names known by another name, and (1) before members."""
    said = fold(_NOT_SAID.sub(" ", text))
    for name in bridged(said, evidence, measures.others):
        said = said.replace(name, " ")
    return said


def _whole(found: Sequence[tuple[Source, Stretch]]) -> str:
    return "\n".join(dict.fromkeys(source.text for source, _ in found))


def _covered(text: str, quoted: str, evidence: str, measures: Measures) -> bool:
    """Do the words of a sentence, and of each of its clauses, stand in the evidence?

    Its quotes alone must bear some of it: a heading says much that is true of all below it.
    """
    if measures.covers(text, quoted) < measures.least_quoted:
        return False
    if bool(_HAN.search(text)) != bool(_HAN.search(quoted)):
        return measures.covers(text, evidence) >= measures.least_bridged
    if measures.covers(text, evidence) < measures.least_covered:
        return False
    clauses = [part for part in _CLAUSE.split(text) if len(letters(part)) >= _SHORT_CLAUSE]
    return all(measures.covers(part, evidence) >= measures.least_of_clause for part in clauses)
