"""A question as other systems have it, and the item that it becomes."""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from training_modules.interchange.tagging import listed, places, type_in
from training_modules.module import Bilingual, Item, ItemType, Number, Option

NOTHING: Final = Bilingual("", "")
_WHOLE: Final = 100.0
_NEARLY: Final = 99.9
_SLUG: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """`share` is what choosing it is worth, of a hundred."""

    text: Bilingual
    share: float = 0.0
    feedback: Bilingual = NOTHING


@dataclass
class Question:
    """What was read of a question; `tag` is what our own tag says, if it is one of ours."""

    name: str
    kind: str
    text: Bilingual
    answers: list[Answer] = field(default_factory=list)
    is_single: bool = True
    number: Number | None = None
    explanation: Bilingual = NOTHING
    category: str = ""
    tag: Mapping[str, str] | None = None


def item_of(question: Question, name: str) -> Item:
    """The item of a question: as its tag says, else as what it is nearest to."""
    tag = question.tag
    kind = type_in(tag) or _type_of(question)
    ids = _ids(question, kind)
    options = [
        Option(one, answer.text, answer.feedback, _score(answer, kind))
        for one, answer in zip(ids, question.answers, strict=True)
    ]
    key = tuple(listed(tag, "key")) or _key(question, kind, ids)
    if kind is ItemType.ORDER:
        options.sort(key=lambda option: (listed(tag, "ids") or sorted(ids)).index(option.id))
    if kind is ItemType.DILEMMA:
        options, key = _with_scores(options, listed(tag, "scores")), ()
    objective = places(tag, "objective")
    form = (tag or {}).get("form", "")
    return Item(
        name, kind, question.text, tuple(options), key,
        question.number if kind is ItemType.NUMERIC else None, question.explanation,
        places(tag, "source"), objective[0] if objective else 1, form if form in "AB" else "",
    )  # fmt: skip


def slug(name: str, otherwise: str, most: int = 24) -> str:
    """An id out of a name; Chinese names give none."""
    return _SLUG.sub("-", name.casefold()).strip("-")[:most].strip("-") or otherwise


def _type_of(question: Question) -> ItemType:
    kinds = {
        "truefalse": ItemType.TRUE_FALSE, "numerical": ItemType.NUMERIC,
        "essay": ItemType.REFLECTION, "matching": ItemType.ORDER,
    }  # fmt: skip
    if question.kind in kinds:
        return kinds[question.kind]
    if not question.is_single:
        return ItemType.MULTI
    is_partial = any(0 < answer.share < _NEARLY for answer in question.answers)
    return ItemType.DILEMMA if is_partial else ItemType.CHOICE


def _ids(question: Question, kind: ItemType) -> list[str]:
    """The ids that the tag names, while it names as many as there are answers."""
    named = listed(question.tag, "key" if kind is ItemType.ORDER else "ids")
    if len(named) == len(question.answers):
        return named
    if kind is ItemType.TRUE_FALSE and len(question.answers) == 2:
        return ["true", "false"]
    letters = string.ascii_lowercase
    return [letters[n] if n < len(letters) else f"o{n}" for n in range(len(question.answers))]


def _score(answer: Answer, kind: ItemType) -> float:
    if kind is ItemType.DILEMMA:
        return round(min(max(answer.share, 0.0), _WHOLE) / _WHOLE, 4)
    return float(answer.share > 0) if kind is not ItemType.ORDER else 0.0


def _key(question: Question, kind: ItemType, ids: list[str]) -> tuple[str, ...]:
    if kind is ItemType.ORDER:
        return tuple(ids)
    pairs = zip(ids, question.answers, strict=True)
    return tuple(one for one, answer in pairs if answer.share > 0)


def _with_scores(options: list[Option], scores: list[str]) -> list[Option]:
    """The scores of the tag, which a question bank may have rounded."""
    if len(scores) != len(options):
        return options
    return [
        Option(o.id, o.text, o.feedback, float(score))
        for o, score in zip(options, scores, strict=True)
    ]
