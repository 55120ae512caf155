"""Whether a draft may be given as the answer: nothing that was asked for may be missing."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from knowledge.document import Kind
from retrieval.candidates import Candidate
from retrieval.composing.draft import Draft
from retrieval.composing.lists import member_draft, members_beside
from retrieval.folding import fold
from retrieval.gate import Demands, demands, unknown_names
from retrieval.library import Library
from retrieval.looking import Looked

# Below this sureness the documents do not say; see `retrieval.calibrating`.
SURENESS_NEEDED: Final = 0.3
# What is nearly sure may name a thing the question names in words of its own.
VERY_SURE: Final = 0.85
_RARE: Final = 12.0
_NAME_LENGTH: Final = 3
_NEAR: Final = 40
# The fourteenth five-year plan is no member of a list.
_MEMBER: Final = re.compile(r"第(\d{1,2})(?:条|项|点|个(?!5年|五年))")


@dataclass(frozen=True)
class Admitting:
    """Holds the drafts for one question against what it asks for."""

    looked: Looked
    library: Library

    @cached_property
    def demands(self) -> Demands:
        """What no answer may do without."""
        other = [(unit.text, unit.alternatives) for unit in self.looked.bridged.units]
        return demands(self.looked.question, other)

    def missing(self, candidate: Candidate) -> tuple[str, ...]:
        """What was asked for and a draft does not hold, to be told when nothing else does."""
        return (
            self.demands.missing(candidate.evidence)
            or self.unknown(candidate)
            or self.beyond(candidate)
        )

    def elsewhere(self, candidate: Candidate) -> tuple[str, ...]:
        """What does stand in the documents, only elsewhere: nobody is told that it does not."""
        return self.strangers(candidate) or self.absent(candidate)

    def absent(self, candidate: Candidate) -> tuple[str, ...]:
        """What the question is about, when a draft has it by none of its names."""
        if self.looked.question.language == "en" or self.looked.question.topic:
            return ()
        if candidate.sureness >= VERY_SURE:
            return ()
        return self.looked.coverage.absent(candidate.evidence)

    def lacking(self, draft: Draft) -> tuple[str, ...]:
        """What a draft that was put together otherwise does not hold."""
        versions = {quote.version for quote in draft.quotes()}
        parts = [quote.text for quote in draft.quotes()]
        parts += [self.library.names(version) for version in versions]
        parts += [self.library.context(q.version, q.passage) for q in draft.quotes()]
        return self.demands.missing(fold("\n".join(parts)))

    def strangers(self, candidate: Candidate) -> tuple[str, ...]:
        """Names that the documents know, asked for, but nowhere near what the draft quotes."""
        parts = [candidate.evidence]
        for version, number in dict.fromkeys(
            (q.version, q.passage) for q in candidate.draft.quotes()
        ):
            reading = self.library.reading(version)
            section = reading.passages[number].section
            parts += [reading.passages[n].text for n in reading.by_section[section][:_NEAR]]
        near = fold("\n".join(parts))
        known = "\n".join(fold(c.draft.quotes()[0].text) for c in self.looked.candidates)
        return tuple(
            unit.unit.text
            for unit in self.looked.coverage.units
            if unit.total >= _RARE and len(unit.unit.text) >= _NAME_LENGTH
            and unit.unit.text in known and unit.unit.text not in near
            and not any(name in near for name in unit.unit.alternatives)
        )  # fmt: skip

    def beyond(self, candidate: Candidate) -> tuple[str, ...]:
        """The member that is asked for by its number, where the list of a draft ends before it."""
        asked = _MEMBER.search(self.looked.question.folded)
        if asked is None:
            return ()
        first = candidate.draft.quotes()[0]
        reading = self.library.reading(first.version)
        members = members_beside(reading, first.passage)
        return (asked.group(),) if 2 <= len(members) < int(asked[1]) else ()

    def as_asked(self, draft: Draft) -> Draft:
        """The member of a list that was asked for by its number, when another stands in a draft."""
        asked = _MEMBER.findall(self.looked.question.folded)
        quote = draft.quotes()[0]
        reading = self.library.reading(quote.version)
        is_item = reading.passages[quote.passage].kind is Kind.ITEM
        if len(asked) != 1 or len(draft.quotes()) != 1 or not is_item:
            return draft
        members = members_beside(reading, quote.passage)
        number = int(asked[0])
        if not 1 <= number <= len(members) or members[number - 1] == quote.passage:
            return draft
        return member_draft((quote.version, members[number - 1]), self.library)

    def unknown(self, candidate: Candidate) -> tuple[str, ...]:
        """Names of an English question that nothing vouches for."""
        units = self.looked.bridged.units
        known = [unit.text for unit in units if unit.alternatives]
        evidence = f"{candidate.evidence}\n{fold(candidate.draft.gloss)}"
        return unknown_names(self.looked.question, known, evidence)


def sure_enough(candidate: Candidate, needed: float = SURENESS_NEEDED) -> bool:
    """Is a draft of the kind that is asked for, and likely enough the answer?"""
    return candidate.fits and candidate.sureness >= needed
