"""The use case: a question in, an answer out; every sentence of it stands in a document."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Final

from foundation.wording import say
from knowledge.document import Kind
from retrieval.admitting import SURENESS_NEEDED, Admitting, sure_enough
from retrieval.answer import Answer, FoundPassage, Verdict
from retrieval.bridging import bridge
from retrieval.comparing import Comparing
from retrieval.composing.articles import article_asked, article_draft
from retrieval.composing.counts import differing_counts
from retrieval.composing.draft import Draft, finish
from retrieval.composing.enactment import enactment_draft
from retrieval.composing.lists import member_draft
from retrieval.composing.notes import notes_on
from retrieval.composing.overview import document_meant, overview_asked, overview_draft
from retrieval.composing.periods import gives_time, with_judgement
from retrieval.composing.signatures import asks_signature, signature_draft
from retrieval.coverage import measure
from retrieval.folding import fold
from retrieval.follow_up import asks_the_change, is_term, ordinal_of, resolve, words_of_its_own
from retrieval.library import Library
from retrieval.looking import Looked, Looking
from retrieval.memory import Memory
from retrieval.question import Question, Shape, analyse
from retrieval.ranking import Favoured
from retrieval.refusing import refused
from retrieval.searching import Searching
from retrieval.small_talk import kind_of_talk, said_to
from retrieval.superseding import newer_first
from retrieval.thesaurus import Thesaurus
from retrieval.titles import named_version

_TRIED: Final = 4
# A turn with fewer words of its own leans on what was asked; one with many rather does not.
_FEWEST_WORDS, _OWN_WORDS, _MANY_WORDS = 2, 4, 8
_HARDLY_ANYTHING, _SOMETHING = 0.1, 0.3
_SPOKEN_OF: Final = 0.4
_CONTEXT_COUNTS: Final = 0.1
_LONGEST_QUESTION: Final = 500


@dataclass
class Answering:
    """Answers questions out of the library, for one thread at a time."""

    searching: Searching
    library: Library
    thesaurus: Thesaurus
    sureness_needed: float = SURENESS_NEEDED
    turn: RLock = field(default_factory=RLock, repr=False)

    @property
    def looking(self) -> Looking:
        return Looking(self.searching, self.library, self.thesaurus)

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
        with self.turn:
            return self._reply(turn, memory)

    def _reply(self, turn: str, memory: Memory) -> tuple[Answer, Memory]:
        resolved = resolve(memory.question, turn)
        ordinal = ordinal_of(turn) if resolved.leans else None
        of_article = article_asked(fold(memory.question)) and article_asked(fold(turn))
        member = memory.member(ordinal) if ordinal and not of_article else None
        favoured = Favoured(memory.sections) if memory.sections and resolved.leans else None
        if member is not None:
            draft = member_draft(member, self.library)
            answer = self._finished(draft, analyse(resolved.text), Verdict.FOUND)
        else:
            answer = self._answer(analyse(resolved.text, resolved.topic), favoured)
        answer = replace(answer, question=resolved.text)
        if resolved.leans and not resolved.plainly:
            answer = self._as_meant(turn.strip(), answer, memory)
        return answer, memory.after(answer, self.library)

    def _as_meant(self, turn: str, leaning: Answer, memory: Memory) -> Answer:
        """A merely short turn may be a question of its own: what says more to its words counts."""
        words = words_of_its_own(turn)
        if words < _FEWEST_WORDS:
            return leaning
        question = analyse(turn)
        coverage = measure(bridge(question, self.thesaurus), self.searching.index.lexical)
        said = coverage.of(self._said(leaning))
        # What says nothing to the new words only repeats what was asked before.
        says_nothing = said < _HARDLY_ANYTHING
        if words < _OWN_WORDS and (
            not says_nothing or (asks_the_change(turn) and self._is_row(leaning))
        ):
            return leaning
        if words < _OWN_WORDS and not is_term(question):
            return replace(refused(question, (), (), self.library), question=leaning.question)
        known = frozenset(version for version, _ in memory.sections)
        alone = replace(self._answer(question, None, known), question=turn)
        if not alone.answered:
            return leaning if leaning.answered and said >= _SOMETHING else alone
        said_alone = coverage.of(self._said(alone))
        # What was spoken of has led to it only where it stands in the same document.
        stays = words < _MANY_WORDS and any(c.version in known for c in leaning.citations)
        credit = _CONTEXT_COUNTS if stays else -_CONTEXT_COUNTS
        return alone if said + credit < said_alone else leaning

    def _is_row(self, answer: Answer) -> bool:
        places = [(c.version, c.passage) for c in answer.citations]
        return any(self.library.passage(*place).kind is Kind.ROW for place in places)

    def _said(self, answer: Answer) -> str:
        """Folded: the words an answer quotes, and what stands around them."""
        places = [(c.version, c.passage) for c in answer.citations]
        around = [self.library.context(*place) for place in places]
        return "\n".join((*(fold(c.quote) for c in answer.citations), *around))

    def settings(self) -> dict[str, float]:
        """The thresholds in force, for the receipt of an answer."""
        return {"sureness_needed": self.sureness_needed}

    def search(self, text: str, k: int) -> list[FoundPassage]:
        """The passages nearest to some words, best first."""
        with self.turn:
            return self._found(text, k)

    def _found(self, text: str, k: int) -> list[FoundPassage]:
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
        titles = [record.title for record in self.library.records.values()]
        text = said_to(kind, language, titles)
        return Answer(text, Verdict.NOT_FOUND, language, question=turn)

    def _answer(
        self, question: Question, favoured: Favoured | None, known: frozenset[str] = frozenset()
    ) -> Answer:
        draft = Comparing(self.looking, self.library).draft(question)
        if draft is not None:
            verdict = Verdict.PARTLY if draft.missing else Verdict.FOUND
            return self._finished(draft, question, verdict)
        draft = self._overview(question)
        if draft is not None:
            return self._finished(draft, question, Verdict.FOUND)
        looked = self.looking.look(question, favoured=favoured)
        return self._special(looked) or self._decide(looked, known)

    def _overview(self, question: Question) -> Draft | None:
        """A question for what a whole document says."""
        asked = overview_asked(question.folded)
        if not asked:
            return None
        bridged = bridge(analyse(asked), self.thesaurus)
        coverage = measure(bridged, self.searching.index.lexical)
        meant = document_meant(coverage, self.library)
        return overview_draft(meant, self.library, question.language) if meant else None

    def _special(self, looked: Looked) -> Answer | None:
        """Questions whose answer is put together otherwise: signatures, counts, periods."""
        question = looked.question
        if not looked.ranked:
            return None
        article = article_asked(question.folded)
        if article:
            meant = named_version(question.folded, self.library)
            version = meant or looked.ranked[0].hit.version
            draft = article_draft(article, version, self.library)
            return None if draft is None else self._finished(draft, question, Verdict.FOUND)
        draft = enactment_draft(question.folded, self.library, looked.bridged.units)
        if draft is None and asks_signature(question.folded):
            draft = signature_draft(looked.ranked[0].hit.version, self.library, question.language)
        if draft is None:
            draft = differing_counts(question, looked.ranked, self.library)
            if draft is not None:
                draft.notes.append(say("answer.disagree", question.language))
        if draft is None and question.shape is Shape.VALIDITY:
            draft = self._period(looked)
        if draft is None or Admitting(looked, self.library).lacking(draft):
            return None
        return self._finished(draft, question, Verdict.FOUND)

    def _period(self, looked: Looked) -> Draft | None:
        """The best draft that gives a time, with the judgement whether it is over."""
        for candidate in looked.candidates:
            spoken = "\n".join(quote.text for quote in candidate.draft.quotes())
            if gives_time(spoken) and with_judgement(
                candidate.draft, self.library, looked.question.language
            ):
                return candidate.draft
        return None

    def _decide(self, looked: Looked, known: frozenset[str]) -> Answer:
        """The best draft against which nothing speaks; of `known` documents less is asked."""
        admitting = Admitting(looked, self.library)
        lacking: tuple[str, ...] = ()
        for candidate in newer_first(looked.candidates, self.library)[:_TRIED]:
            missing = admitting.missing(candidate)
            lacking = lacking or missing
            if missing or admitting.elsewhere(candidate):
                continue
            spoken_of = candidate.draft.quotes()[0].version in known
            needed_here = self.sureness_needed * (_SPOKEN_OF if spoken_of else 1.0)
            if not sure_enough(candidate, needed_here):
                continue
            answer = self._finished(
                admitting.as_asked(candidate.draft), looked.question, Verdict.FOUND
            )
            if answer.answered:
                return answer
        return refused(looked.question, lacking, looked.ranked, self.library)

    def _finished(self, draft: Draft, question: Question, verdict: Verdict) -> Answer:
        draft.notes += notes_on(draft, self.library, question.language)
        return finish(draft, self.library, question.language, verdict)
