"""Keys: exactly what is right, told by nothing but the content."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from retrieval.folding import letters
from training_modules.checking.texts import at
from training_modules.fault import Fault
from training_modules.module import Item, ItemType, Module, Option

_WITH_OPTIONS: Final = frozenset(
    {ItemType.CHOICE, ItemType.MULTI, ItemType.TRUE_FALSE, ItemType.ORDER, ItemType.DILEMMA}
)
_LEAST, _MOST = 3, 6
_TRUE_FALSE: Final = ("true", "false")
_NEAR: Final = 0.95
_LONG_ENOUGH: Final = 10
_KEY_RULES: Final = {
    ItemType.DILEMMA: "key.best", ItemType.MULTI: "key.multi", ItemType.ORDER: "key.order",
}  # fmt: skip
# What makes two options that are nearly the same letters say different things.
_DIFFERENCE: Final = re.compile(r"\d|不|非|无|没|未|\b(?:not|no|never|without|un\w+|in\w+)\b", re.I)


def keys(module: Module) -> Iterator[Fault]:
    for item in module.items:
        if item.type not in _WITH_OPTIONS:
            if item.options:
                yield at(module, "options.none", item.id, id=item.id, type=item.type)
            if item.type is ItemType.NUMERIC and item.number is None:
                yield at(module, "number.missing", item.id, id=item.id)
            continue
        yield from _number_of_options(module, item)
        yield from _key(module, item)
        yield from _near_equal(module, item)


def _number_of_options(module: Module, item: Item) -> Iterator[Fault]:
    ids = tuple(option.id for option in item.options)
    if item.type is ItemType.TRUE_FALSE:
        if sorted(ids) != sorted(_TRUE_FALSE):
            yield at(module, "options.true_false", item.id, id=item.id)
    elif not _LEAST <= len(ids) <= _MOST:
        yield at(
            module, "options.count", item.id, id=item.id, count=len(ids), least=_LEAST, most=_MOST
        )


def _key(module: Module, item: Item) -> Iterator[Fault]:
    ids = [option.id for option in item.options]
    unknown = [one for one in item.key if one not in ids]
    if unknown:
        yield at(module, "key.unknown", item.id, id=item.id, options=" ".join(unknown))
    elif len(set(item.key)) != len(item.key):
        yield at(module, "key.twice", item.id, id=item.id)
    elif not _fits(item, ids):
        rule = _KEY_RULES.get(item.type, "key.one")
        yield at(module, rule, item.id, id=item.id, count=len(item.key))


def _fits(item: Item, ids: list[str]) -> bool:
    """As many right ones as the type has."""
    if item.type is ItemType.DILEMMA:
        return [option.score for option in item.options].count(1.0) == 1
    if item.type is ItemType.MULTI:
        return 2 <= len(item.key) < len(ids)
    if item.type is ItemType.ORDER:
        return sorted(item.key) == sorted(ids) and list(item.key) != ids
    return len(item.key) == 1


def _near_equal(module: Module, item: Item) -> Iterator[Fault]:
    for first, second in combinations(item.options, 2):
        if any(is_near(first.text.of(code), second.text.of(code)) for code in ("zh", "en")):
            yield at(
                module, "options.near", f"{item.id} {second.id}", id=item.id,
                first=first.id, second=second.id,
            )  # fmt: skip


def is_near(first: str, second: str) -> bool:
    """The same letters, or so nearly that nobody can tell what differs."""
    one, other = letters(first), letters(second)
    if one == other:
        return bool(one) and _bare(first) == _bare(second)
    if min(len(one), len(other)) < _LONG_ENOUGH:
        return False
    if _DIFFERENCE.findall(first.casefold()) != _DIFFERENCE.findall(second.casefold()):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR


def _bare(text: str) -> str:
    """Signs of a number count: -5 is not 5, and 1.5 is not 15."""
    return re.sub(r"[^\w+\-.]|\.(?!\d)", "", text).casefold()


def right_of(item: Item) -> Option | None:
    """The one right option of an item that has one."""
    if item.type is ItemType.DILEMMA:
        best = [option for option in item.options if option.score == 1.0]
        return best[0] if len(best) == 1 else None
    if item.type is not ItemType.CHOICE or len(item.key) != 1:
        return None
    return item.option(item.key[0])
