"""Sources: every card and item rests on one, and each quote stands in its document."""

from collections.abc import Callable, Iterator
from typing import Final

from training_modules.checking.texts import at
from training_modules.fault import Fault, fault
from training_modules.module import Card, Item, ItemType, Module

Holds = Callable[[str, str], bool]
_SHORTEST, _LONGEST = 4, 400
# What somebody thinks, feels or does rests on no document.
_OWN: Final = frozenset(
    {ItemType.REFLECTION, ItemType.APPLICATION, ItemType.LIKERT, ItemType.RECOMMENDATION}
)


def sources(module: Module) -> Iterator[Fault]:
    for n, card in enumerate(module.cards, 1):
        if not card.sources and not card.beyond:
            yield fault("card.source", module.path, card.line, number=n)
    for item in module.items:
        if not item.sources and item.type not in _OWN:
            yield at(module, "item.source", item.id, id=item.id)
    parts: tuple[Card | Item, ...] = (*module.cards, *module.items)
    used = {n for part in parts for n in part.sources}
    for n in range(1, len(module.sources) + 1):
        if n not in used:
            yield at(module, "source.unused", f"sources {n}", number=n)


def quotes(module: Module, holds: Holds) -> Iterator[Fault]:
    for n, source in enumerate(module.sources, 1):
        if not source.quote or not source.doc:
            continue
        if not _SHORTEST <= len(source.quote) <= _LONGEST:
            yield at(
                module, "quote.length", f"sources {n}", number=n, size=len(source.quote),
                least=_SHORTEST, most=_LONGEST,
            )  # fmt: skip
        elif not holds(source.doc, source.quote):
            shown = source.quote[:20]
            yield at(module, "quote.gone", f"sources {n}", number=n, doc=source.doc, words=shown)
