"""The use case with a language model: quotations first, then better words for them, checked."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from foundation.errors import ModelUnavailable
from foundation.logs import note
from retrieval.answer import Answer, FoundPassage, Verdict
from retrieval.answering import Answering
from retrieval.evidence import gather, sources_of
from retrieval.follow_up import needs_more, ordinal_of, resolve
from retrieval.language_model.port import LanguageModel, Spoken
from retrieval.language_model.within import within
from retrieval.library import Library
from retrieval.memory import Memory
from retrieval.model_answer import answer_from
from retrieval.model_composing import Composing
from retrieval.prompting import Prompt, answer_prompt, rewrite_prompt
from retrieval.question import Shape, analyse
from retrieval.rewriting import whole_question
from retrieval.small_talk import kind_of_talk

_PASSAGES: Final = 12
_FOR_REWRITING: Final = 0.4
_LONGEST_QUESTION: Final = 500
# After so many failures in a row the model is left alone for a while: nobody waits for it twice.
_FAILURES_BORNE: Final = 2


@dataclass
class ModelAnswering:
    """Answers as `Answering` does, in a model's words where they hold and come in time."""

    answering: Answering
    model: LanguageModel
    library: Library
    seconds: float = 20.0
    rest_seconds: float = 30.0
    clock: Callable[[], float] = time.monotonic
    _failures: int = field(default=0, init=False, repr=False)
    _rests_until: float = field(default=float("-inf"), init=False, repr=False)

    def answer(self, text: str, on_text: Callable[[str], None] | None = None) -> Answer:
        """The answer to a question that stands alone."""
        return self.reply(text, Memory(), on_text)[0]

    def converse(self, turns: Sequence[str]) -> Answer:
        """The answer to the last of several turns; only that one is put to the model."""
        memory = Memory()
        for turn in turns[:-1]:
            _, memory = self.answering.reply(turn, memory)
        if not turns:
            return Answer("", Verdict.NOT_FOUND, "zh")
        return self.reply(turns[-1], memory)[0]

    def reply(
        self, turn: str, memory: Memory, on_text: Callable[[str], None] | None = None
    ) -> tuple[Answer, Memory]:
        """The answer to a turn, and what is to be remembered; `on_text` hears it grow, checked."""
        ends_at = self.clock() + self.seconds
        quotation, after = self._quoted(turn, memory, ends_at)
        if not self._is_worth_asking(turn, quotation):
            return quotation, after
        answer = self._spoken(quotation, ends_at, on_text)
        if answer is None:
            return quotation, after
        return answer, memory.after(answer, self.library)

    def search(self, text: str, k: int) -> list[FoundPassage]:
        """The passages nearest to some words, best first."""
        return self.answering.search(text, k)

    def settings(self) -> dict[str, Any]:
        """The thresholds in force, and the model, for the receipt of an answer."""
        named = getattr(self.model, "model", type(self.model).__name__)
        return {**self.answering.settings(), "language_model": str(named)}

    def rewrite(self, turns: Sequence[str], seconds: float | None = None) -> str:
        """The last turn as a whole question: the model's when it keeps to what was said."""
        prompt = rewrite_prompt(turns, analyse(turns[-1]).language)
        spoken = self._ask(prompt, self.seconds if seconds is None else seconds)
        whole = whole_question(turns, spoken.get("question")) if spoken is not None else None
        if whole is not None:
            return whole
        return resolve(turns[-2] if len(turns) > 1 else "", turns[-1]).text

    def _quoted(self, turn: str, memory: Memory, ends_at: float) -> tuple[Answer, Memory]:
        """The quotation answer, to the model's wording of a turn that leans on the last."""
        leans = memory.question and needs_more(turn) and ordinal_of(turn) is None
        if leans and not _is_talk(turn) and not self._rests():
            left = ends_at - self.clock()
            whole = self.rewrite([memory.question, turn], left * _FOR_REWRITING)
            if whole != resolve(memory.question, turn).text:
                known = Memory("", memory.sections, memory.members)
                quotation, after = self.answering.reply(whole, known)
                if quotation.answered:
                    return quotation, after
        return self.answering.reply(turn, memory)

    def _is_worth_asking(self, turn: str, quotation: Answer) -> bool:
        """Not for talk, nor where a demand is not met, nor where today's date decides."""
        if _is_talk(turn) or self._rests():
            return False
        if not quotation.answered:
            return quotation.is_gap and not quotation.missing
        return analyse(quotation.question).shape is not Shape.VALIDITY

    def _spoken(
        self, quotation: Answer, ends_at: float, on_text: Callable[[str], None] | None
    ) -> Answer | None:
        extracts = gather(self._places(quotation), self.library)
        if not extracts:
            return None
        composing = Composing(quotation, sources_of(extracts), self.answering, self.library)
        prompt = answer_prompt(quotation.question, extracts, quotation.language)

        def listen(spoken: Spoken) -> None:
            text = composing.so_far(answer_from(spoken))
            if text and on_text is not None and self.clock() < ends_at:
                on_text(text)

        listener = listen if on_text is not None else None
        spoken = self._ask(prompt, ends_at - self.clock(), listener)
        answer = composing.whole(answer_from(spoken)) if spoken is not None else None
        note("a language model was asked", used=answer is not None, reached=spoken is not None)
        return answer

    def _places(self, quotation: Answer) -> list[tuple[str, int]]:
        """Where the quotation answer stands, then what a search finds nearest."""
        places = [(c.version, c.passage) for c in quotation.citations]
        for found in self.answering.search(quotation.question, _PASSAGES):
            version = self.library.version_of(found.document)
            if version is not None:
                places.append((version, found.passage))
        return places

    def _ask(
        self, prompt: Prompt, seconds: float, listener: Callable[[Spoken], None] | None = None
    ) -> Spoken | None:
        """What the model says, or None when it is slow, away or talks nonsense."""
        over = threading.Event()

        def hear(spoken: Spoken) -> None:
            if listener is not None and not over.is_set():
                listener(spoken)

        on_growth = hear if listener is not None else None
        try:
            spoken = within(seconds, lambda: self.model.reply(prompt, on_growth))
        except ModelUnavailable as error:
            self._failed(error)
            return None
        finally:
            over.set()
        self._failures = 0
        return spoken

    def _failed(self, error: ModelUnavailable) -> None:
        self._failures += 1
        if self._failures >= _FAILURES_BORNE:
            self._rests_until = self.clock() + self.rest_seconds
        note("the language model gave no answer", reason=str(error), failures=self._failures)

    def _rests(self) -> bool:
        return self.clock() < self._rests_until


def _is_talk(turn: str) -> bool:
    return len(turn) > _LONGEST_QUESTION or kind_of_talk(turn) is not None
