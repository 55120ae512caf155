"""The use case: a question in, an answer out; every sentence of it stands in a document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from foundation.wording import say
from retrieval.answer import Answer, FoundPassage, Nearest, Verdict
from retrieval.bridging import Bridged, bridge
from retrieval.card_index import CardHit
from retrieval.composing.draft import Draft, finish
from retrieval.composing.facts import card_draft, passage_draft
from retrieval.composing.lists import list_draft
from retrieval.coverage import Coverage, measure
from retrieval.expected import fits
from retrieval.folding import fold
from retrieval.gate import demands
from retrieval.library import Library
from retrieval.question import Question, Shape, analyse
from retrieval.ranking import Ranked, rank
from retrieval.searching import Findings, Searching
from retrieval.thesaurus import Thesaurus

# Below this support the documents do not say; calibrated, see `retrieval.calibrating`.
SUPPORT_NEEDED: Final = 0.42
_CARD_TRUSTED: Final = 0.42
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
        if not ranked:
            return self._not_found(question, (), ranked)
        best = ranked[0]
        card = self._card_for(best, findings, bridged)
        draft = self._draft(best, card, bridged, coverage)
        evidence = self._evidence(draft, card)
        lacking = needed.missing(evidence)
        support = self._support(best, card, coverage, evidence)
        spoken = fold("\n".join(quote.text for quote in draft.quotes()))
        if lacking or support < SUPPORT_NEEDED or not fits(question, spoken):
            return self._not_found(question, lacking, ranked)
        draft.notes += self._notes(draft, question)
        answer = finish(draft, self.library, question.language, Verdict.FOUND)
        return replace(answer, question=question.text)

    def _card_for(self, best: Ranked, findings: Findings, bridged: Bridged) -> CardHit | None:
        """A card that leads where the best passage stands, when it is near enough to trust."""
        for hit in findings.cards[:6]:
            places = {anchor.passage for anchor in hit.placed.anchors}
            here = hit.placed.version == best.hit.version and best.hit.number in places
            strong = hit.nearness >= _CARD_TRUSTED or best.hit.lexical < 0.2
            if here and strong and hit.nearness >= 0.12:
                return hit
        return None

    def _draft(
        self, best: Ranked, card: CardHit | None, bridged: Bridged, coverage: Coverage
    ) -> Draft:
        question, hit = bridged.question, best.hit
        if question.shape is Shape.LIST and (card is None or len(card.placed.anchors) < 2):
            listed = list_draft(hit.version, hit.number, self.library, question.ordinal)
            if listed is not None:
                return listed
        if card is not None:
            return card_draft(card, bridged, coverage, self.library)
        return passage_draft(hit.version, hit.number, bridged, coverage, self.library)

    def _evidence(self, draft: Draft, card: CardHit | None) -> str:
        """Folded: what is quoted, what stands around it, and the question that led there."""
        parts = [card.question] if card else []
        seen: set[tuple[str, int]] = set()
        for quote in draft.quotes():
            parts.append(quote.text)
            key = (quote.version, quote.passage)
            if key not in seen:
                seen.add(key)
                parts.append(self.library.passage(*key).text)
                parts.append(self.library.context(*key))
        return fold("\n".join(parts))

    def _support(
        self, best: Ranked, card: CardHit | None, coverage: Coverage, evidence: str
    ) -> float:
        covered = coverage.of(evidence)
        return max(covered, card.nearness + 0.2) if card else covered

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
