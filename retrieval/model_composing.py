"""A model's answer as it goes out: checked, marked by us, and no less than the quotations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final

from foundation.wording import say
from retrieval.answer import Answer, Quote, Verdict
from retrieval.answering import Answering
from retrieval.bridging import Bridged, bridge
from retrieval.claims.checking import Measures, checked
from retrieval.claims.figures import figures
from retrieval.composing.draft import Draft, Statement, finish
from retrieval.composing.notes import notes_on
from retrieval.coverage import measure
from retrieval.evidence import Source
from retrieval.folding import fold
from retrieval.gate import demands
from retrieval.library import Library
from retrieval.model_answer import ModelAnswer
from retrieval.question import Shape, analyse

_MOST_SENTENCES: Final = 3
_MOST_MEMBERS: Final = 40
_LONGEST: Final = 2_400
# How near to the question the model's quotes must be, against those of the quotation answer.
_AS_NEAR: Final = 0.5
_LISTS: Final = (Shape.LIST, Shape.COMPARE)


def measures_of(answering: Answering) -> Measures:
    """How claims are measured: as questions are, by the rarity of their words and the thesaurus."""
    thesaurus, lexical = answering.thesaurus, answering.searching.index.lexical

    # While an answer grows its first sentences are held against the same words again and again.
    @cache
    def covers(claim: str, text: str) -> float:
        return measure(bridge(analyse(claim), thesaurus), lexical).of(fold(text))

    def others(folded: str) -> list[tuple[str, tuple[str, ...]]]:
        return [(found.term, found.official) for found in thesaurus.expand(folded)]

    return Measures(covers, others)


@dataclass(frozen=True)
class Composing:
    """Makes an answer of what a model says to one question, beside the quotation answer to it."""

    quotation: Answer
    sources: Mapping[int, Source]
    answering: Answering
    library: Library

    def whole(self, spoken: ModelAnswer) -> Answer | None:
        """The answer, or None when it says less than the quotations do or rests on less."""
        if not spoken.can_answer:
            return None
        statements = self._holding(spoken)
        if not statements or self._lacks(statements):
            return None
        if self._is_off(statements) or self._says_less(statements):
            return None
        return self._finished(statements)

    def so_far(self, spoken: ModelAnswer) -> str:
        """The text of the sentences that hold, while more are being said."""
        if not spoken.can_answer:
            return ""
        statements = self._holding(spoken)
        return self._finished(statements).text if statements else ""

    @cached_property
    def _measures(self) -> Measures:
        return measures_of(self.answering)

    @cached_property
    def _bridged(self) -> Bridged:
        return bridge(analyse(self.quotation.question), self.answering.thesaurus)

    @cached_property
    def _shape(self) -> Shape:
        return self._bridged.question.shape

    def _holding(self, spoken: ModelAnswer) -> list[Statement]:
        """The sentences that hold, no more of them than a person reads."""
        most = _MOST_MEMBERS if self._shape in _LISTS else _MOST_SENTENCES
        kept: list[Statement] = []
        for statement in checked(spoken, self.sources, self._measures)[:most]:
            if sum(len(s.text) for s in kept) + len(statement.text) > _LONGEST:
                break
            kept.append(statement)
        return kept

    def _lacks(self, statements: Sequence[Statement]) -> bool:
        """Does what is cited miss a name, year or title that the question asks for?"""
        needed = demands(
            self._bridged.question, [(u.text, u.alternatives) for u in self._bridged.units]
        )
        quotes = Draft(list(statements)).quotes()
        parts = [self.library.passage(q.version, q.passage).text for q in quotes]
        parts += [self.library.names(version) for version in {q.version for q in quotes}]
        parts += [self.library.context(q.version, q.passage) for q in quotes]
        if needed.missing(fold("\n".join(parts))):
            return True
        # A table knows many years; a sentence must speak of the one that was asked for.
        asked = set(self._bridged.question.years)
        spoken = {
            str(figure.value)
            for statement in statements
            for figure in figures(statement.text)
            if figure.is_year
        }
        return bool(asked and spoken) and not asked <= spoken

    def _is_off(self, statements: Sequence[Statement]) -> bool:
        """Do its quotes speak far less of what was asked than the quotation answer's do?"""
        if not self.quotation.answered:
            return False
        theirs = [(c.version, c.passage, c.quote) for c in self.quotation.citations]
        quotes = Draft(list(statements)).quotes()
        return self._nearness([(q.version, q.passage, q.text) for q in quotes]) < (
            _AS_NEAR * self._nearness(theirs)
        )

    def _nearness(self, quotes: Sequence[tuple[str, int, str]]) -> float:
        """How much of the question some quotes cover, with what stands around them."""
        around = {self.library.context(version, passage) for version, passage, _ in quotes}
        coverage = measure(self._bridged, self.answering.searching.index.lexical)
        return coverage.of("\n".join([*(fold(text) for _, _, text in quotes), *around]))

    def _says_less(self, statements: Sequence[Statement]) -> bool:
        """A list that lost members, a comparison that lost a side, one voice where two differ."""
        cited = {(q.version, q.passage) for q in Draft(list(statements)).quotes()}
        wanted = {(c.version, c.passage) for c in self.quotation.citations}
        if say("answer.disagree", self.quotation.language) in self.quotation.notes:
            return not wanted <= cited
        if self._shape is Shape.LIST:
            return len(cited) < len(wanted)
        if self._shape is Shape.COMPARE:
            return not {version for version, _ in wanted} <= {version for version, _ in cited}
        return False

    def _finished(self, statements: Sequence[Statement]) -> Answer:
        language = self.quotation.language
        as_list = len(statements) > 1 and self._shape in _LISTS
        statements = [*statements, *self._footnotes(statements)]
        draft = Draft(_set(statements, " " if language == "en" and not as_list else ""), as_list)
        draft.missing = self.quotation.missing
        draft.notes = self._notes(draft)
        verdict = self.quotation.verdict if self.quotation.answered else Verdict.FOUND
        answer = finish(draft, self.library, language, verdict)
        return replace(answer, mode="llm", question=self.quotation.question)

    def _footnotes(self, statements: Sequence[Statement]) -> list[Statement]:
        """The footnotes that the quotation answer gives to rows which the model cites without."""
        cited = {(q.version, q.passage) for q in Draft(list(statements)).quotes()}
        owed = {
            (version, noted)
            for version, passage in cited
            for noted in self.library.passage(version, passage).notes
        }
        given = [Quote(c.version, c.passage, c.quote) for c in self.quotation.citations]
        before = say("answer.note", self.quotation.language)
        return [
            Statement(before + quote.text, (quote,))
            for quote in given
            if (quote.version, quote.passage) in owed - cited
        ]

    def _notes(self, draft: Draft) -> list[str]:
        """What is to be said of the documents cited, and what was said beside the quotations."""
        language = self.quotation.language
        cited = [Quote(c.version, c.passage, c.quote) for c in self.quotation.citations]
        theirs = notes_on(Draft([Statement("", tuple(cited))]), self.library, language)
        notes = [note for note in self.quotation.notes if note not in theirs]
        if self.quotation.answered and self.quotation.missing:
            notes.append(say("answer.partly", language, missing="、".join(self.quotation.missing)))
        return [*notes_on(draft, self.library, language), *notes]


def _set(statements: Sequence[Statement], between: str) -> list[Statement]:
    """The statements with a blank before each but the first, where the language wants one."""
    return [
        replace(statement, text=between + statement.text) if number else statement
        for number, statement in enumerate(statements)
    ]
