"""Giveaways: a key that shows by its length or its place, over an item, a module, a track."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from training_modules.checking.keys import right_of
from training_modules.checking.length import length
from training_modules.checking.texts import at
from training_modules.fault import Fault
from training_modules.module import Item, Module

_RATIO: Final = 1.5
_MORE: Final = {"zh": 6, "en": 15}
_ALWAYS: Final = 3
_IN_TRACK: Final = 8
_MOST_OF_TRACK: Final = 0.6


def giveaways(module: Module) -> Iterator[Fault]:
    """In one item a key much longer than the rest; in all of them the longest, or the first."""
    for item in module.items:
        for language in ("zh", "en"):
            if _stands_out(item, language):
                yield at(module, "key.long", item.id, id=item.id, code=language)
    items = _with_one_key(module.items)
    if len(items) < _ALWAYS:
        return
    for language in ("zh", "en"):
        if all(is_longest(item, language) for item in items):
            yield at(module, "key.longest", items[0].id, code=language, count=len(items))
    if len({_place(item) for item in items}) == 1:
        yield at(module, "key.place", items[0].id, number=_place(items[0]) + 1, count=len(items))


def giveaways_of_track(modules: Sequence[Module]) -> Iterator[Fault]:
    """The same over a track, where a share tells more than an always."""
    items = _with_one_key(item for module in modules for item in module.items)
    if len(items) < _IN_TRACK:
        return
    for language in ("zh", "en"):
        share = sum(is_longest(item, language) for item in items) / len(items)
        if share > _MOST_OF_TRACK:
            yield at(modules[0], "track.key.longest", code=language, share=round(100 * share))
    place, count = Counter(map(_place, items)).most_common(1)[0]
    if count / len(items) > _MOST_OF_TRACK:
        share = round(100 * count / len(items))
        yield at(modules[0], "track.key.place", number=place + 1, share=share)


def _with_one_key(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if right_of(item) is not None]


def _lengths(item: Item, language: str) -> tuple[int, int]:
    """How long the right option is, and the longest of the others."""
    right = right_of(item)
    if right is None:
        return 0, 0
    others = [length(o.text.of(language), language) for o in item.options if o is not right]
    return length(right.text.of(language), language), max(others, default=0)


def is_longest(item: Item, language: str) -> bool:
    right, other = _lengths(item, language)
    return right > other


def _stands_out(item: Item, language: str) -> bool:
    right, other = _lengths(item, language)
    return right > other * _RATIO and right - other >= _MORE[language]


def _place(item: Item) -> int:
    right = right_of(item)
    return item.options.index(right) if right else -1
