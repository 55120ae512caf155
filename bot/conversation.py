"""A conversation: what a person says, the command it is, the reply; the same on every channel."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from bot.showing import as_text, passage_as_text
from bot.wiring import App
from foundation.errors import AppError
from foundation.wording import say
from retrieval.answer import Answer
from retrieval.folding import fold
from retrieval.memory import Memory

_SOURCE: Final = re.compile(r"^(?:原文|出处|source|passage)\s*[:：]?\s*\[?(\d{1,2})?\]?$", re.I)
_RATE: Final = re.compile(
    r"^(?P<sign>👍|👎|有用|没用|helpful|not helpful|/good|/bad)\s*(?P<why>.*)$", re.I
)
_BAD: Final = frozenset({"👎", "没用", "not helpful", "/bad"})
_HELP: Final = frozenset({"/start", "/help", "帮助", "help"})


@dataclass
class Conversation:
    """One person's conversation on one channel."""

    app: App
    name: str
    is_admin: bool = False
    memory: Memory = field(default_factory=Memory)
    last: Answer | None = None

    def reply(self, said: str) -> str:
        """What is answered to a line; never an exception for what a person may write."""
        try:
            return self._reply(said)
        except AppError as error:
            return str(error)

    def _reply(self, said: str) -> str:
        language = self._language(said)
        if said.casefold() in _HELP:
            return say("help.admin" if self.is_admin else "help.reader", language)
        asked = _SOURCE.match(said)
        if asked:
            return self._source(int(asked[1] or 1), language)
        rated = _RATE.match(said)
        if rated and self.last is not None and self.last.receipt:
            rating = -1 if rated["sign"].casefold() in _BAD else 1
            self.app.receipts.rate(self.last.receipt, rating, rated["why"].strip() or None)
            return say("rating.thanks", language)
        if said.startswith("/"):
            return self._command(said, language)
        return self._answer(said)

    def _answer(self, said: str) -> str:
        self.app.follow_changes()
        answer, self.memory = self.app.answering.reply(said, self.memory)
        self.last = self.app.receipts.keep(said, answer, self.app.answering.settings())
        return as_text(self.last)

    def _source(self, mark: int, language: str) -> str:
        citations = {c.mark: c for c in self.last.citations} if self.last else {}
        if mark not in citations:
            return say("source.none", language)
        return passage_as_text(citations[mark], self.app.library)

    def _command(self, said: str, language: str) -> str:
        word, _, rest = said.partition(" ")
        if word == "/ask" and rest.strip():
            return self._answer(rest.strip())
        if word == "/cancel":
            self.memory, self.last = Memory(), None
            return say("cancelled", language)
        if word == "/language":
            return self._switch(rest.strip())
        if word == "/gaps":
            return self._gaps(language)
        return say("command.unknown", language)

    def _switch(self, wanted: str) -> str:
        if wanted not in ("zh", "en"):
            return say("language.which", self.app.settings.language)
        self.app = replace(self.app, settings=replace(self.app.settings, language=wanted))
        return say("language.set", wanted)

    def _gaps(self, language: str) -> str:
        if not self.is_admin:
            return say("command.unknown", language)
        gaps = self.app.receipts.gaps()
        if not gaps:
            return say("gaps.none", language)
        lines = [say("gaps.head", language, number=len(gaps))]
        lines += [f"{n:>2}. {gap.question} ×{gap.times}" for n, gap in enumerate(gaps, 1)]
        return "\n".join(lines)

    def _language(self, said: str) -> str:
        letters = [c for c in fold(said) if c.isalpha()]
        if said.startswith("/") or not letters:
            return self.app.settings.language
        return "en" if all(c.isascii() for c in letters) else "zh"
