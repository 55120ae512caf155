"""A question, and all that was found for it: passages, drafts, and how much each covers."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.bridging import Bridged, bridge
from retrieval.candidates import Candidate, Judge
from retrieval.coverage import Coverage, measure
from retrieval.library import Library
from retrieval.question import Question
from retrieval.ranking import Favoured, Ranked, rank
from retrieval.searching import Searching
from retrieval.thesaurus import Thesaurus


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
    ) -> Looked:
        """The best passages and drafts; only of some documents when these are named."""
        bridged = bridge(question, self.thesaurus)
        findings = self.searching.find(bridged, documents=documents)
        coverage = measure(bridged, self.searching.index.lexical)
        ranked = rank(findings, bridged, coverage, self.library, favoured)
        judge = Judge(bridged, coverage, self.library, favoured)
        return Looked(bridged, coverage, ranked, judge.candidates(ranked, findings.cards))
