"""The use case: a question in, an answer out; every sentence of it stands in a document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from foundation.wording import say
from retrieval.answer import Answer, FoundPassage, Nearest, Verdict
from retrieval.bridging import Bridged, bridge
from retrieval.candidates import Candidate, Judge
from retrieval.composing.articles import article_asked, article_draft
from retrieval.composing.comparing import Sides, compared, sides_of
from retrieval.composing.counts import differing_counts
from retrieval.composing.draft import Draft, finish
from retrieval.composing.lists import member_draft
from retrieval.composing.notes import notes_on
from retrieval.composing.periods import gives_time, with_judgement
from retrieval.composing.signatures import asks_signature, signature_draft
from retrieval.coverage import Coverage, measure
from retrieval.folding import fold
from retrieval.follow_up import ordinal_of, resolve
from retrieval.gate import Demands, demands
from retrieval.library import Library
from retrieval.memory import Memory
from retrieval.question import Question, Shape, analyse
from retrieval.ranking import Favoured, Ranked, rank
from retrieval.searching import Searching
from retrieval.small_talk import kind_of_talk
from retrieval.thesaurus import Thesaurus

# Below this support the documents do not say; see `retrieval.calibrating`.
SUPPORT_NEEDED: Final = 0.42
_CARD_CREDIT: Final = 0.24
# A document that is asked by its name answers also in other words than the question's.
_NAMED_NEEDED: Final = 0.9
_TRIED: Final = 4
_NEAREST: Final = 3
_LONGEST_QUESTION: Final = 500
_TOPIC_COVERED, _TOPIC_NEAR = 0.3, 0.35
_RARE: Final = 12.0
_NAME_LENGTH: Final = 3
_DOCUMENTS_COMPARED: Final = 4


@dataclass(frozen=True)
class _Looked:
    """A question with all that was found for it."""

    bridged: Bridged
    coverage: Coverage
    ranked: list[Ranked]
    candidates: list[Candidate]

    @property
    def question(self) -> Question:
        return self.bridged.question


@dataclass
class Answering:
    """Answers questions out of the library."""

    searching: Searching
    library: Library
    thesaurus: Thesaurus

    def answer(self, text: str) -> Answer:
        """The answer to a question that stands alone."""
        return self.reply(text, Memory())[0]

    def converse(self, turns: Sequence[str]) -> Answer:
        """The answer to the last of several turns, each understood from those before it."""
        memory = Memory()
        answer = Answer("", Verdict.NOT_FOUND, "zh")
        for turn in turns:
            answer, memory = self.reply(turn, memory)
        return answer

    def reply(self, turn: str, memory: Memory) -> tuple[Answer, Memory]:
        """The answer to a turn of a conversation, and what is to be remembered of it."""
        talk = self._talk(turn)
        if talk is not None:
            return talk, memory
        resolved = resolve(memory.question, turn)
        ordinal = ordinal_of(turn) if resolved.leans else None
        member = memory.member(ordinal) if ordinal else None
        favoured = Favoured(memory.sections) if memory.sections and resolved.leans else None
        if member is not None:
            draft = member_draft(member, self.library)
            answer = self._finished(draft, analyse(resolved.text), Verdict.FOUND)
        else:
            answer = self._answer(analyse(resolved.text, resolved.topic), favoured)
        answer = replace(answer, question=resolved.text)
        return answer, memory.after(answer, self.library)

    def settings(self) -> dict[str, float]:
        """The thresholds in force, for the receipt of an answer."""
        return {"support_needed": SUPPORT_NEEDED, "card_credit": _CARD_CREDIT}

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

    def _talk(self, turn: str) -> Answer | None:
        language = "en" if fold(turn).isascii() and turn.strip() else "zh"
        if len(turn) > _LONGEST_QUESTION:
            text = say("talk.too_long", language, longest=_LONGEST_QUESTION)
            return Answer(text, Verdict.NOT_FOUND, language, question=turn[:_LONGEST_QUESTION])
        kind = kind_of_talk(turn)
        if kind is None:
            return None
        return Answer(say(f"talk.{kind}", language), Verdict.NOT_FOUND, language, question=turn)

    def _answer(self, question: Question, favoured: Favoured | None) -> Answer:
        sides = sides_of(question) if question.shape is Shape.COMPARE else None
        if sides is not None:
            answer = self._compare(sides, question)
            if answer is not None:
                return answer
        looked = self._look(question, favoured=favoured)
        return self._special(looked) or self._decide(looked)

    def _look(
        self,
        question: Question,
        documents: Sequence[str] = (),
        favoured: Favoured | None = None,
    ) -> _Looked:
        bridged = bridge(question, self.thesaurus)
        findings = self.searching.find(bridged, documents=documents)
        coverage = measure(bridged, self.searching.index.lexical)
        ranked = rank(findings, bridged, coverage, self.library, favoured)
        judge = Judge(bridged, coverage, self.library, favoured)
        return _Looked(bridged, coverage, ranked, judge.candidates(ranked, findings.cards))

    def _special(self, looked: _Looked) -> Answer | None:
        """Questions whose answer is put together otherwise: signatures, counts, periods."""
        question = looked.question
        if not looked.ranked:
            return None
        draft: Draft | None = None
        article = article_asked(question.folded)
        if article:
            draft = article_draft(article, looked.ranked[0].hit.version, self.library)
            return None if draft is None else self._finished(draft, question, Verdict.FOUND)
        if asks_signature(question.folded):
            draft = signature_draft(looked.ranked[0].hit.version, self.library, question.language)
        if draft is None:
            draft = differing_counts(question, looked.ranked, self.library)
            if draft is not None:
                draft.notes.append(say("answer.disagree", question.language))
        if draft is None and question.shape is Shape.VALIDITY:
            draft = self._period(looked)
        if draft is None or self._lacking(looked, draft):
            return None
        return self._finished(draft, question, Verdict.FOUND)

    def _period(self, looked: _Looked) -> Draft | None:
        """The best draft that gives a time, with the judgement whether it is over."""
        for candidate in looked.candidates:
            spoken = "\n".join(quote.text for quote in candidate.draft.quotes())
            if gives_time(spoken) and with_judgement(
                candidate.draft, self.library, looked.question.language
            ):
                return candidate.draft
        return None

    def _lacking(self, looked: _Looked, draft: Draft) -> tuple[str, ...]:
        versions = {quote.version for quote in draft.quotes()}
        parts = [quote.text for quote in draft.quotes()]
        parts += [self.library.names(version) for version in versions]
        parts += [self.library.context(q.version, q.passage) for q in draft.quotes()]
        return self._demands(looked).missing(fold("\n".join(parts)))

    def _demands(self, looked: _Looked) -> Demands:
        other = [(unit.text, unit.alternatives) for unit in looked.bridged.units]
        return demands(looked.question, other)

    def _decide(self, looked: _Looked) -> Answer:
        needed = self._demands(looked)
        lacking: tuple[str, ...] = ()
        for candidate in looked.candidates[:_TRIED]:
            missing = needed.missing(candidate.evidence) or self._strangers(candidate, looked)
            lacking = lacking or missing
            if missing or not _supports(candidate):
                continue
            answer = self._finished(candidate.draft, looked.question, Verdict.FOUND)
            if answer.answered:
                return answer
        return self._not_found(looked.question, lacking, looked.ranked)

    def _strangers(self, candidate: Candidate, looked: _Looked) -> tuple[str, ...]:
        """Names that the documents know, asked for, but nowhere near what the draft quotes."""
        parts = [candidate.evidence]
        for version, number in dict.fromkeys(
            (q.version, q.passage) for q in candidate.draft.quotes()
        ):
            reading = self.library.reading(version)
            section = reading.passages[number].section
            parts += [reading.passages[n].text for n in reading.by_section[section][:40]]
        near = fold("\n".join(parts))
        known = "\n".join(fold(c.draft.quotes()[0].text) for c in looked.candidates)
        return tuple(
            unit.unit.text
            for unit in looked.coverage.units
            if unit.total >= _RARE and len(unit.unit.text) >= _NAME_LENGTH
            and unit.unit.text in known and unit.unit.text not in near
            and not any(name in near for name in unit.unit.alternatives)
        )  # fmt: skip

    def _compare(self, sides: Sides, question: Question) -> Answer | None:
        versions = self._versions_of(sides)
        if not versions:
            return None

        def ask(version: str, topic: str) -> Draft | None:
            name = names.get(version, "")
            return self._one_side(version, f"{name} {topic}".strip() or question.text)

        names = dict(zip(versions, sides.names, strict=False))
        draft = compared(sides, versions, ask, self.library, question)
        if not draft.statements:
            return None
        return self._finished(draft, question, Verdict.PARTLY if draft.missing else Verdict.FOUND)

    def _versions_of(self, sides: Sides) -> list[str]:
        """The document that each side names; without names, those that speak of the topic."""
        if not sides.names:
            looked = self._look(analyse(sides.topic))
            good = [r.hit.version for r in looked.ranked if r.coverage >= _TOPIC_COVERED]
            return list(dict.fromkeys(good))[:_DOCUMENTS_COMPARED]
        found: list[str] = []
        for name in sides.names:
            version = self._document_named(name, found)
            if version is not None:
                found.append(version)
        return found if len(found) == len(sides.names) else []

    def _document_named(self, name: str, taken: Sequence[str]) -> str | None:
        looked = self._look(analyse(name))
        scores: dict[str, float] = {}
        for version in self.library.records:
            scores[version] = 1.5 * looked.coverage.of(self.library.names(version))
        for one in looked.ranked[:6]:
            best = max(scores.get(one.hit.version, 0.0), 0.0)
            scores[one.hit.version] = max(best, best + 0.2 * one.hit.score)
        open_ones = {v: s for v, s in scores.items() if v not in taken and s > 0.2}
        return max(open_ones, key=lambda v: open_ones[v]) if open_ones else None

    def _one_side(self, version: str, topic: str) -> Draft | None:
        """What one document says: its best draft, and a second one from another place."""
        looked = self._look(analyse(topic), [self.library.record(version).id])
        good = [
            c for c in looked.candidates if c.covered >= _TOPIC_COVERED or c.near >= _TOPIC_NEAR
        ]
        if not good:
            return None
        draft = Draft(list(good[0].draft.statements))
        places = {quote.passage for quote in draft.quotes()}
        for candidate in good[1:_TRIED]:
            if not places & {quote.passage for quote in candidate.draft.quotes()}:
                draft.statements += candidate.draft.statements
                break
        return draft

    def _finished(self, draft: Draft, question: Question, verdict: Verdict) -> Answer:
        draft.notes += notes_on(draft, self.library, question.language)
        return finish(draft, self.library, question.language, verdict)

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
            text, Verdict.NOT_FOUND, language, missing=lacking, nearest=nearest, is_gap=True
        )

    def _nearest(self, ranked: Sequence[Ranked]) -> tuple[Nearest, ...]:
        """The sections that come nearest, each once."""
        found: dict[tuple[str, int], Nearest] = {}
        for one in ranked:
            version, number = one.hit.version, one.hit.number
            record, reading = self.library.record(version), self.library.reading(version)
            section = reading.passages[number].section
            near = Nearest(record.id, record.title, reading.path(section), version, number)
            found.setdefault((version, section), near)
        return tuple(found.values())[:_NEAREST]


def _supports(candidate: Candidate) -> bool:
    support = max(candidate.covered, candidate.near + _CARD_CREDIT if candidate.near else 0.0)
    asked_by_name = candidate.near > 0 and candidate.features["asked"] > 0
    by_name = asked_by_name and candidate.score >= _NAMED_NEEDED
    return candidate.fits and (support >= SUPPORT_NEEDED or by_name)
