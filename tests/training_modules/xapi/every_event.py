"""One event of each kind there is, over the modules that ship with the program."""

from collections.abc import Iterator
from datetime import timedelta

from tests.training_modules.events import NOON, answered
from training_modules.event import Event, Phase, Verb
from training_modules.module import Item, ItemType, Module
from training_modules.shelf import Shelf

ENROLMENT = "11111111-1111-4111-8111-111111111111"


def modules() -> tuple[Module, ...]:
    return Shelf.open().modules()


def every_event(shelf: tuple[Module, ...]) -> list[Event]:
    return list(_all(shelf))


def _all(shelf: tuple[Module, ...]) -> Iterator[Event]:
    yield _event(Verb.REGISTERED)
    for module in shelf:
        yield _event(Verb.OPENED, module)
        for item in module.items:
            if item.type is ItemType.APPLICATION:
                continue
            yield _answer(module, item)
        yield _event(Verb.SKIPPED, module, item=module.items[0].id, phase=Phase.REVIEW)
        yield _event(Verb.COMPLETED, module)
    for phase in (Phase.PRE, Phase.POST, Phase.LATER):
        yield _event(Verb.TESTED, phase=phase, score=0.625)
    for item, rating, top in (
        ("confidence-1", 1, 5), ("confidence-then-3", 5, 5), ("relevance", 3, 5),
        ("recommendation", 0, 10),
    ):  # fmt: skip
        yield _event(Verb.RATED, item=item, rating=rating, scale_max=top, phase=Phase.END,
                     response=str(rating))  # fmt: skip
    yield _event(Verb.SKIPPED, item="recommendation", phase=Phase.END)
    yield _event(Verb.APPLIED, item="application", rating=2, scale_max=4, phase=Phase.LATER,
                 share=True, has_words=True, response="2")  # fmt: skip
    yield _event(Verb.FINISHED, phase=Phase.END)
    yield _event(Verb.LEFT)
    yield _event(Verb.CORRECTED, corrects=answered(1).id)


def _event(verb: Verb, module: Module | None = None, **values: object) -> Event:
    given: dict[str, object] = {
        "verb": verb, "enrolment": ENROLMENT, "module": module.id if module else "",
        "module_version": module.version if module else 0, "item": "", "item_type": "",
        "response": "", "correct": None, "score": None, "certainty": None, "seconds": None,
        "phase": "", "track": module.track if module else "values-and-ethics", "attempt": 1,
        "at": NOON + timedelta(microseconds=1),
    }  # fmt: skip
    return answered(1, **(given | values))


def _answer(module: Module, item: Item) -> Event:
    response = str(item.number.value) if item.number else " ".join(item.key)
    if item.type is ItemType.DILEMMA:
        response = item.options[0].id
    is_scored = item.is_scored
    return _event(
        Verb.ANSWERED, module, item=item.id, item_type=str(item.type), phase=Phase.PRACTICE,
        response=response, correct=True if is_scored else None, score=1.0 if is_scored else None,
        certainty=3 if is_scored else None, seconds=12.345, sitting="s", delivery="d",
    )  # fmt: skip
