"""The tag that carries what a question bank has no place for: type, ids, key, form, places."""

import re
from collections.abc import Mapping
from typing import Final

from training_modules.module import Item, ItemType

PREFIX: Final = "libcoach"
_PAIR: Final = re.compile(r"([a-z]+)=(\S*)")


def tag_of(item: Item) -> str:
    """One line that says how to make this very item again."""
    said = {
        "type": str(item.type), "ids": ",".join(option.id for option in item.options),
        "key": ",".join(item.key), "form": item.form,
        "scores": ",".join(f"{option.score:g}" for option in item.options)
        if item.type is ItemType.DILEMMA else "",
        "source": ",".join(map(str, item.sources)),
        "objective": str(item.objective) if item.objective != 1 else "",
    }  # fmt: skip
    return " ".join([PREFIX, *(f"{name}={value}" for name, value in said.items() if value)])


def tag_in(tags: list[str]) -> Mapping[str, str] | None:
    """What our own tag says, if there is one."""
    own = next((tag for tag in tags if tag.split(" ")[0] == PREFIX), None)
    return dict(_PAIR.findall(own)) if own else None


def type_in(tag: Mapping[str, str] | None) -> ItemType | None:
    said = (tag or {}).get("type", "")
    return ItemType(said) if said in set(ItemType) else None


def listed(tag: Mapping[str, str] | None, name: str) -> list[str]:
    said = (tag or {}).get(name, "")
    return said.split(",") if said else []


def places(tag: Mapping[str, str] | None, name: str) -> tuple[int, ...]:
    return tuple(int(one) for one in listed(tag, name) if one.isascii() and one.isdigit())
