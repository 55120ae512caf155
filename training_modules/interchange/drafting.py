"""Drafts out of questions: a module for each category, with all that is to be filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from training_modules.content_hash import content_hash
from training_modules.interchange.loss import Losses
from training_modules.interchange.question import Question, item_of, slug
from training_modules.module import Bilingual, Card, Item, ItemType, Module, Source

_MOST_ITEMS: Final = 200


def drafts(
    questions: Iterable[Question], track: str, stem: str, language: str, losses: Losses
) -> list[Module]:
    """One draft a category, in their order; `stem` names what has no name of its own."""
    by_category: dict[str, list[Question]] = {}
    for question in questions:
        by_category.setdefault(question.category, []).append(question)
    names: set[str] = set()
    found: list[Module] = []
    for n, (category, own) in enumerate(by_category.items(), 1):
        last = category.rstrip("/").rsplit("/", 1)[-1]
        name = _free(slug(last, slug(stem, f"import-{n}"), 40), names)
        found.append(_draft(name, track, last or stem, own, language, losses))
    return found


def _draft(
    name: str, track: str, title: str, questions: Sequence[Question], language: str, losses: Losses
) -> Module:
    names: set[str] = set()
    items: list[Item] = []
    for n, question in enumerate(questions[:_MOST_ITEMS], 1):
        item = item_of(question, _free(slug(question.name, f"q{n}"), names))
        items.append(item)
        _report(item, question, language, losses)
    for question in questions[_MOST_ITEMS:]:
        losses.add(question.name, "many", str(_MOST_ITEMS))
    both = Bilingual("", title) if language == "en" else Bilingual(title, "")
    count = max((n for item in items for n in item.sources), default=1)
    nothing = Bilingual("", "")
    module = Module(
        name, track, 1, both, (nothing,), (), 1, 4, (Source("", "", ""),) * count,
        (Card(nothing, (1,)),), tuple(_within(item) for item in items),
    )  # fmt: skip
    return replace(module, sha256=content_hash(module))


def _within(item: Item) -> Item:
    """A draft has one objective; which of several was meant is for its author to say."""
    return replace(item, objective=1)


def _report(item: Item, question: Question, language: str, losses: Losses) -> None:
    """What the author will have to add, said once a question."""
    other = "zh" if language == "en" else "en"
    texts = [item.prompt, *(option.text for option in item.options)]
    if any(not text.of(other) for text in texts):
        losses.add(question.name, "language", other)
    if question.tag is None and item.type is ItemType.DILEMMA:
        losses.add(question.name, "partial")


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where it is taken already."""
    if len(name) < 3 and not taken and name.isdigit():
        name = f"q{name}"
    free, n = name, 2
    while free in taken:
        free, n = f"{name[:20]}-{n}", n + 1
    taken.add(free)
    return free
