"""The module as a whole: enough cards and items, twins for the two tests, a task."""

from collections.abc import Iterator
from typing import Final

from training_modules.checking.texts import at
from training_modules.fault import Fault
from training_modules.module import COMPETENCIES, Module

_MOST_CARDS: Final = 3
_PRACTICE: Final = 3
_FORMS: Final = ("A", "B")


def whole(module: Module) -> Iterator[Fault]:
    for competency in module.competencies:
        if competency not in COMPETENCIES:
            known = ", ".join(COMPETENCIES)
            yield at(module, "competency.unknown", "competencies", name=competency, known=known)
    if not 1 <= len(module.cards) <= _MOST_CARDS:
        yield at(module, "cards.count", count=len(module.cards), most=_MOST_CARDS)
    if len({item.type for item in module.practice}) < _PRACTICE:
        yield at(module, "practice.few", count=len(module.practice), least=_PRACTICE)
    if len(module.tasks) != 1:
        yield at(module, "task.one", count=len(module.tasks))
    yield from _covered(module)
    yield from _twins(module)


def _covered(module: Module) -> Iterator[Fault]:
    """Every objective is taught and asked for."""
    taught = {card.objective for card in module.cards}
    asked = {item.objective for item in module.practice}
    for n in range(1, len(module.objectives) + 1):
        if n not in taught or n not in asked:
            yield at(module, "objective.open", f"objectives {n}", number=n)


def _twins(module: Module) -> Iterator[Fault]:
    """One item of each test form, alike in what it asks for and how."""
    for letter in _FORMS:
        found = module.form(letter)
        if len(found) != 1:
            place = found[1].id if len(found) > 1 else "id"
            yield at(module, "form.one", place, form=letter, count=len(found))
        for item in found:
            if not item.is_scored:
                yield at(module, "form.scored", item.id, id=item.id)
    if len(module.form("A")) != 1 or len(module.form("B")) != 1:
        return
    (first,), (second,) = module.form("A"), module.form("B")
    alike = (first.type, first.objective, len(first.options), len(first.key))
    if alike != (second.type, second.objective, len(second.options), len(second.key)):
        yield at(module, "form.twins", second.id, first=first.id, second=second.id)
    if first.prompt.zh and first.prompt.zh == second.prompt.zh:
        yield at(module, "form.same", second.id, first=first.id, second=second.id)
