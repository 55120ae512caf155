"""The use case: a question in, an answer out; every sentence of it stands in a document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from foundation.wording import say
from retrieval.answer import Answer, FoundPassage, Nearest, Verdict
from retrieval.bridging import Bridged, bridge
from retrieval.candidates import Candidate, Judge
from retrieval.composing.draft import Draft, finish
from retrieval.coverage import Coverage, measure
from retrieval.gate import demands
from retrieval.library import Library
from retrieval.question import Question, analyse
from retrieval.ranking import Ranked, rank
from retrieval.searching import Findings, Searching
from retrieval.thesaurus import Thesaurus

# Below this support the documents do not say; calibrated, see `retrieval.calibrating`.
SUPPORT_NEEDED: Final = 0.42
_CARD_CREDIT: Final = 0.2
_TRIED: Final = 4
_NEAREST: Final = 3


@dataclass
class Answering:
    """Answers questions out of the library."""

    searching: Searching
    library: Library
    thesaurus: Thesaurus

    def answer(self, text: str) -> Answer:
        question = analyse(text)
        bridged = bridge(question, self.thesaurus)
        findings = self.searching.find(bridged)
        coverage = measure(bridged, self.searching.index.lexical)
        ranked = rank(findings, bridged, coverage, self.library)
        return self._decide(bridged, findings, coverage, ranked)

    def converse(self, turns: Sequence[str]) -> Answer:
        """The answer to the last of several turns, each understood from those before it."""
        return self.answer(turns[-1])

    def search(self, text: str, k: int) -> list[FoundPassage]:
        """The passages nearest to some words, best first."""
        bridged = bridge(analyse(text), self.thesaurus)
        found: list[FoundPassage] = []
        for hit in self.searching.find(bridged, k).hits:
            record, reading = self.library.record(hit.version), self.library.reading(hit.version)
            passage = reading.passages[hit.number]
            found.append(
                FoundPassage(
                    record.id, record.title, hit.number, reading.path(passage.section),
                    passage.page, passage.text, hit.score,
                )
            )  # fmt: skip
        return found

    def _decide(
        self, bridged: Bridged, findings: Findings, coverage: Coverage, ranked: Sequence[Ranked]
    ) -> Answer:
        question = bridged.question
        needed = demands(question, _alternatives(bridged))
        judge = Judge(bridged, coverage, self.library)
        lacking: tuple[str, ...] = ()
        for candidate in judge.candidates(ranked, findings.cards)[:_TRIED]:
            lacking = lacking or needed.missing(candidate.evidence)
            if needed.missing(candidate.evidence) or not self._supports(candidate):
                continue
            candidate.draft.notes += self._notes(candidate.draft, question)
            answer = finish(candidate.draft, self.library, question.language, Verdict.FOUND)
            if answer.answered:
                return replace(answer, question=question.text)
        return self._not_found(question, lacking, ranked)

    def _supports(self, candidate: Candidate) -> bool:
        support = max(candidate.covered, candidate.near + _CARD_CREDIT if candidate.near else 0.0)
        return candidate.fits and support >= SUPPORT_NEEDED

    def _not_found(
        self, question: Question, lacking: tuple[str, ...], ranked: Sequence[Ranked]
    ) -> Answer:
        language = question.language
        if lacking:
            text = say("answer.not_found.missing", language, missing="、".join(lacking))
        else:
            text = say("answer.not_found", language)
        nearest = self._nearest(ranked)
        return Answer(
            text, Verdict.NOT_FOUND, language, missing=lacking, nearest=nearest,
            question=question.text,
        )  # fmt: skip

    def _nearest(self, ranked: Sequence[Ranked]) -> tuple[Nearest, ...]:
        """The sections that come nearest, each once."""
        found: dict[tuple[str, int], Nearest] = {}
        for one in ranked:
            record = self.library.record(one.hit.version)
            reading = self.library.reading(one.hit.version)
            section = reading.passages[one.hit.number].section
            found.setdefault(
                (one.hit.version, section),
                Nearest(
                    record.id, record.title, reading.path(section), one.hit.version, one.hit.number
                ),
            )
        return tuple(found.values())[:_NEAREST]

    def _notes(self, draft: Draft, question: Question) -> list[str]:
        """That a document is over or replaced is said once for each."""
        notes: dict[str, str] = {}
        for quote in draft.quotes():
            record = self.library.record(quote.version)
            if record.status == "expired" and record.valid_until:
                notes[record.id] = say(
                    "answer.expired", question.language,
                    title=record.title, date=record.valid_until.isoformat(),
                )  # fmt: skip
            elif record.status == "superseded":
                notes[record.id] = say(
                    "answer.superseded", question.language,
                    title=record.title, newer=record.replaced_by,
                )  # fmt: skip
        return list(notes.values())


def _alternatives(bridged: Bridged) -> list[tuple[str, tuple[str, ...]]]:
    return [(unit.text, unit.alternatives) for unit in bridged.units]
