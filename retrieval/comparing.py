"""Comparing: which documents are the sides of a comparison, and what each of them says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from retrieval.composing.comparing import Sides, compared, sides_of
from retrieval.composing.draft import Draft
from retrieval.composing.enactment import enactment_draft
from retrieval.library import Library
from retrieval.looking import Looking
from retrieval.question import Question, Shape, analyse
from retrieval.titles import each_alone

_TRIED: Final = 4
_TOPIC_COVERED, _TOPIC_NEAR = 0.3, 0.35
_DOCUMENTS_COMPARED: Final = 4
# One sentence answers these; to others a second one may add.
_PRECISE: Final = (Shape.WHO, Shape.WHEN, Shape.FIGURE)


@dataclass(frozen=True)
class Comparing:
    """Asks each side of a comparison by itself."""

    looking: Looking
    library: Library

    def draft(self, question: Question) -> Draft | None:
        """One line a side; None when nothing is compared, or the sides cannot be told."""
        return self._by_titles(question) or self._by_sides(question)

    def _by_titles(self, question: Question) -> Draft | None:
        """Each document that is named by its title is asked the question by itself."""
        alone = {named.version: asked for named, asked in each_alone(question.folded, self.library)}
        if not alone:
            return None

        def ask(version: str, _topic: str) -> Draft | None:
            asked = alone[version]
            return enactment_draft(asked, self.library) or self._one_side(version, asked)

        draft = compared(Sides((), ""), list(alone), ask, self.library, question)
        return draft if draft.statements else None

    def _by_sides(self, question: Question) -> Draft | None:
        sides = sides_of(question) if question.shape is Shape.COMPARE else None
        versions = self._versions_of(sides) if sides else []
        if sides is None or not versions:
            return None

        def ask(version: str, topic: str) -> Draft | None:
            name = names.get(version, "")
            return self._one_side(version, f"{name} {topic}".strip() or question.text)

        names = dict(zip(versions, sides.names, strict=False))
        draft = compared(sides, versions, ask, self.library, question)
        return draft if draft.statements else None

    def _versions_of(self, sides: Sides) -> list[str]:
        """The document that each side names; without names, those that speak of the topic."""
        if not sides.names:
            looked = self.looking.look(analyse(sides.topic))
            good = [r.hit.version for r in looked.ranked if r.coverage >= _TOPIC_COVERED]
            return list(dict.fromkeys(good))[:_DOCUMENTS_COMPARED]
        found: list[str] = []
        for name in sides.names:
            version = self._document_named(name, found)
            if version is not None:
                found.append(version)
        return found if len(found) == len(sides.names) else []

    def _document_named(self, name: str, taken: Sequence[str]) -> str | None:
        looked = self.looking.look(analyse(name))
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
        looked = self.looking.look(analyse(topic), [self.library.record(version).id])
        good = [
            c for c in looked.candidates if c.covered >= _TOPIC_COVERED or c.near >= _TOPIC_NEAR
        ]
        if not good:
            return None
        draft = Draft(list(good[0].draft.statements))
        if looked.question.shape in _PRECISE:
            return draft
        places = {quote.passage for quote in draft.quotes()}
        for candidate in good[1:_TRIED]:
            if not places & {quote.passage for quote in candidate.draft.quotes()}:
                draft.statements += candidate.draft.statements
                break
        return draft
