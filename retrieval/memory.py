"""What a conversation remembers between two turns: the question, and where its answer stood."""

from dataclasses import dataclass, field
from typing import Any

from retrieval.answer import Answer
from retrieval.library import Library


@dataclass(frozen=True, slots=True)
class Memory:
    """The last question as it was understood, the sections it led to, the list it gave."""

    question: str = ""
    sections: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    members: tuple[tuple[str, int], ...] = ()

    def member(self, ordinal: int) -> tuple[str, int] | None:
        """The passage of the n-th member of the list that was given last."""
        return self.members[ordinal - 1] if 1 <= ordinal <= len(self.members) else None

    def after(self, answer: Answer, library: Library) -> "Memory":
        """The memory after an answer; one that found nothing leaves the place as it was."""
        if not answer.answered:
            return Memory(answer.question, self.sections, self.members)
        places = [(c.version, c.passage) for c in answer.citations]
        sections = frozenset((v, library.passage(v, n).section) for v, n in places)
        listed = places[1:] if answer.citations[0].quote.endswith(("：", ":")) else places
        members = tuple(listed) if "\n" in answer.text and len(listed) > 1 else ()
        return Memory(answer.question, sections, members)

    def as_json(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "sections": sorted(self.sections),
            "members": list(self.members),
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Memory":
        return cls(
            kept["question"],
            frozenset((str(v), int(n)) for v, n in kept["sections"]),
            tuple((str(v), int(n)) for v, n in kept["members"]),
        )
