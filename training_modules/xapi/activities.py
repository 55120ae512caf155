"""The activities that statements are about: tracks, modules, tests, items, scales."""

from typing import Any, Final

from training_modules.module import Bilingual, Item, ItemType, Module
from training_modules.xapi import profile

_INTERACTIONS: Final = {
    ItemType.CHOICE: "choice",
    ItemType.MULTI: "choice",
    ItemType.DILEMMA: "choice",
    ItemType.TRUE_FALSE: "true-false",
    ItemType.ORDER: "sequencing",
    ItemType.NUMERIC: "numeric",
    ItemType.REFLECTION: "long-fill-in",
}
BETWEEN: Final = "[,]"
_SEVERAL: Final = frozenset({"choice", "sequencing"})
# Scales that reach further are numbers, from 0.
LIKERT_TOP: Final = 5
_TOPS: Final = {"recommendation": 10, "application": 4}


def activity(iri: str, **definition: Any) -> dict[str, Any]:
    return {"objectType": "Activity", "id": iri, "definition": definition}


def named(text: Bilingual) -> dict[str, str]:
    return {"zh-CN": text.zh, "en-US": text.en}


def track(name: str) -> dict[str, Any]:
    return activity(profile.track_iri(name), type=profile.COURSE)


def module(name: str, found: Module | None) -> dict[str, Any]:
    title = {"name": named(found.title)} if found else {}
    return activity(profile.module_iri(name), type=profile.MODULE, **title)


def test(of_track: str, phase: str) -> dict[str, Any]:
    return activity(profile.test_iri(of_track, phase), type=profile.ASSESSMENT)


def item(module_name: str, version: int, name: str, found: Item | None) -> dict[str, Any]:
    """An interaction with its options and its key; without them when the item is gone."""
    iri = profile.item_iri(module_name, version, name)
    kind = _INTERACTIONS.get(found.type) if found else None
    if found is None or kind is None:
        return activity(iri, type=profile.INTERACTION, interactionType="other")
    told: dict[str, Any] = {
        "type": profile.INTERACTION, "interactionType": kind, "description": named(found.prompt)
    }  # fmt: skip
    if kind in _SEVERAL:
        told["choices"] = [
            {"id": option.id, "description": named(option.text)} for option in found.options
        ]
    key = _key(found)
    return activity(iri, **told, **({"correctResponsesPattern": key} if key else {}))


def _key(item: Item) -> list[str]:
    if item.number is not None:
        low, high = (item.number.value + sign * item.number.tolerance for sign in (-1, 1))
        return [f"{low:g}[:]{high:g}"]
    if item.type is ItemType.DILEMMA:
        best = max(item.options, key=lambda option: option.score, default=None)
        return [best.id] if best else []
    return [BETWEEN.join(item.key)] if item.key else []


def scale(of_track: str, name: str, top: int) -> dict[str, Any]:
    """The scale whole, also for one that was skipped and so has no `top`."""
    iri = profile.scale_iri(of_track, name)
    top = top or _TOPS.get(name, LIKERT_TOP)
    if top > LIKERT_TOP:
        return activity(iri, type=profile.INTERACTION, interactionType="numeric")
    least = 0 if name == "application" else 1
    points = [
        {"id": str(n), "description": {"zh-CN": f"{n}", "en-US": f"{n}"}}
        for n in range(least, top + 1)
    ]
    return activity(iri, type=profile.INTERACTION, interactionType="likert", scale=points)


def response(found: Item | None, said: str) -> str:
    """A response as the interaction's type writes it."""
    if found is not None and _INTERACTIONS.get(found.type) in _SEVERAL:
        return BETWEEN.join(said.split())
    return said
