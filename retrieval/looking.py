"""A question, and all that was found for it: passages, drafts, and how much each covers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from retrieval.bridging import Bridged, bridge, subject_names
from retrieval.candidates import Candidate, Judge
from retrieval.coverage import Coverage, measure
from retrieval.expected import defines
from retrieval.library import Library
from retrieval.question import Question, Shape, analyse
from retrieval.ranking import Favoured, Ranked, rank
from retrieval.searching import Findings, Hit, Searching
from retrieval.thesaurus import Thesaurus
from retrieval.titles import named_version

_DEFINITIONS: Final = 5
_NAMED: Final = 12
_NAMES: Final = 3


@dataclass(frozen=True)
class Looked:
    """A question with all that was found for it."""

    bridged: Bridged
    coverage: Coverage
    ranked: list[Ranked]
    candidates: list[Candidate]

    @property
    def question(self) -> Question:
        return self.bridged.question


@dataclass(frozen=True)
class Looking:
    """Searches for a question and weighs what it finds."""

    searching: Searching
    library: Library
    thesaurus: Thesaurus

    def look(
        self,
        question: Question,
        documents: Sequence[str] = (),
        favoured: Favoured | None = None,
        skip: str = "",
    ) -> Looked:
        """The best passages and drafts; only of some documents when these are named.

        `skip` leaves a card's own question out, to learn from it.
        """
        bridged = bridge(question, self.thesaurus)
        findings = self.searching.find(bridged, documents=documents, skip=skip)
        findings = self._with_definitions(findings, bridged, documents)
        coverage = measure(bridged, self.searching.index.lexical)
        ranked = rank(findings, bridged, coverage, self.library, favoured)
        judge = Judge(bridged, coverage, self.library, favoured)
        return Looked(bridged, coverage, ranked, judge.candidates(ranked, findings.cards))

    def _with_definitions(
        self, findings: Findings, bridged: Bridged, documents: Sequence[str]
    ) -> Findings:
        """Where a word is defined it is often used once, and so found only by the form of it."""
        subject, folded = bridged.question.subject, bridged.question.folded
        if not subject or bridged.question.shape is not Shape.DEFINITION:
            return findings
        meant = named_version(folded, self.library)
        within = [self.library.record(meant).id] if meant and not documents else documents
        names = (subject, *subject_names(bridged))[:_NAMES]
        there = {(hit.version, hit.number) for hit in findings.hits}
        found: list[Hit] = []
        for name in names:
            for form, most in ((f"所称{name}是指{name}", _DEFINITIONS), (name, _NAMED)):
                asked = bridge(analyse(form), self.thesaurus)
                found += self.searching.find(asked, most, documents=within).hits
        best = findings.hits[0].score if findings.hits else 0.0
        fresh = [
            replace(hit, score=best)
            for (version, number), hit in {(h.version, h.number): h for h in found}.items()
            if (version, number) not in there
            and defines(bridged.question, self.library.folded(version, number), names) >= 1.0
        ]
        return replace(findings, hits=(*fresh[:_DEFINITIONS], *findings.hits))
