"""Wishes: what people would like to learn, in their words, and the modules that teach it."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from sqlalchemy import select

from foundation.clock import Clock
from foundation.database import Sessions
from retrieval.folding import fold
from retrieval.terms import terms_of
from training_modules.module import Bilingual, Module
from training_modules.people import Person
from training_modules.rows import WishRow
from training_modules.topics import topics_of

_WISH: Final = re.compile(
    r"^(?:/wish\s+|我想学(?:习|会)?(?:一下|怎么|如何)?|想学(?:习)?|"
    r"(?:i(?: would|['’]d) like|i want) to (?:learn|know more|study|improve)(?: more)?"
    r"(?: about| how to)?(?: my)?|teach me(?: about| how to)?)\s*[:：,，]?\s*"
    r"(?P<what>.+?)[。.!！]*$",
    re.I,
)
_MOST: Final = 3
_LONGEST: Final = 300
# A module that speaks of it without being about it comes after those that are.
_TAUGHT: Final = 0.8
# Single characters say too little: pairs of them and words are compared.
_LEAST_TERM: Final = 1 << 33


class Modules(Protocol):
    def modules(self) -> Sequence[Module]: ...


def wish_in(said: str) -> str | None:
    """What somebody says they would like to learn; None when they say no such thing."""
    found = _WISH.match(said.strip())
    return found["what"].strip()[:_LONGEST] if found else None


@dataclass(frozen=True)
class Wishes:
    sessions: Sessions
    clock: Clock
    shelf: Modules

    def wish(self, person: Person, what: str) -> list[Module]:
        """Keep it, and answer the modules that teach it; without any it waits for somebody."""
        met = matching(what, self.shelf.modules())
        row = WishRow(
            id=str(uuid.uuid4()), pseudonym=person.pseudonym, text=what, language=person.language,
            module=met[0].id if met else "", wished_at=self.clock(),
        )  # fmt: skip
        with self.sessions.begin() as session:
            session.add(row)
        return met

    def unmet(self, most: int = 50) -> list[str]:
        """What nobody teaches yet, the newest first."""
        query = (
            select(WishRow.text)
            .where(WishRow.module == "", WishRow.settled_at.is_(None))
            .order_by(WishRow.wished_at.desc())
            .limit(most)
        )
        with self.sessions() as session:
            return list(session.scalars(query))


def matching(what: str, modules: Sequence[Module]) -> list[Module]:
    """Modules that are called so, or whose words hold those of a wish, the best first."""
    wanted, folded = _terms(what), fold(what)
    scored = [
        (max(_named(folded, topics_of(module.id)), _share(wanted, module)), n, module)
        for n, module in enumerate(modules)
    ]
    kept = sorted((s for s in scored if s[0] >= 0.5), key=lambda s: (-s[0], s[1]))
    return [module for _, _, module in kept[:_MOST]]


def _named(wish: str, topics: Sequence[str]) -> float:
    """Whether a topic stands in the wish, or the wish in one; the first topics count more."""
    for rank, topic in enumerate(topics):
        said, called = _terms(wish), _terms(topic)
        if said and called and (called <= said or said <= called):
            return 2.0 - rank / len(topics)
    return 0.0


def _share(wanted: frozenset[int], module: Module) -> float:
    """How much of the wish a module speaks of."""
    if not wanted:
        return 0.0
    head = (module.title, *module.objectives)
    body = (card.text for card in module.cards)
    named = len(wanted & _terms(_both(head))) / len(wanted)
    taught = len(wanted & _terms(_both(body))) / len(wanted)
    return max(named, _TAUGHT * taught)


def _both(texts: Iterable[Bilingual]) -> str:
    return " ".join(f"{text.zh} {text.en}" for text in texts)


def _terms(text: str) -> frozenset[int]:
    return frozenset(term for term in terms_of(fold(text)).tolist() if term >= _LEAST_TERM)
