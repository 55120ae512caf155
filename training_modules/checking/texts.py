"""Every text of a module with what it is and where it stands, and faults at a place."""

from collections.abc import Iterator
from dataclasses import dataclass

from training_modules.fault import Fault, fault
from training_modules.module import Bilingual, Item, ItemType, Module


@dataclass(frozen=True, slots=True)
class Said:
    """One text; `kind` says which rules it follows, `line` where it stands in its file."""

    kind: str
    text: Bilingual
    line: int
    place: str


def at(module: Module, rule: str, place: str = "id", **values: object) -> Fault:
    """A fault at the line of a place, else of what the place belongs to."""
    names = (place, place.split(" ")[0], "id")
    line = next((module.lines[name] for name in names if name in module.lines), 1)
    return fault(rule, module.path, line, **values)


def texts_of(module: Module) -> Iterator[Said]:
    """All that a person reads of a module."""
    yield _said(module, "title", module.title, "title")
    for n, objective in enumerate(module.objectives, 1):
        yield _said(module, "objective", objective, f"objectives {n}")
    for n, card in enumerate(module.cards, 1):
        yield Said("card", card.text, card.line, f"card {n}")
    for item in module.items:
        yield from _of_item(module, item)


def _of_item(module: Module, item: Item) -> Iterator[Said]:
    is_task = item.type is ItemType.APPLICATION
    yield _said(module, "task" if is_task else "prompt", item.prompt, item.id)
    for option in item.options:
        yield _said(module, "option", option.text, f"{item.id} {option.id}")
        if item.type is not ItemType.ORDER or option.feedback != Bilingual("", ""):
            yield _said(module, "feedback", option.feedback, f"{item.id} {option.id}")
    if needs_explanation(item) or item.explanation != Bilingual("", ""):
        yield _said(module, "explanation", item.explanation, item.id)


def needs_explanation(item: Item) -> bool:
    """Where no option tells why, an explanation does."""
    return item.type in (ItemType.ORDER, ItemType.NUMERIC)


def _said(module: Module, kind: str, text: Bilingual, place: str) -> Said:
    names = (place, place.split(" ")[0], "id")
    line = next((module.lines[name] for name in names if name in module.lines), 1)
    return Said(kind, text, line, place)


def at_said(module: Module, rule: str, said: Said, **values: object) -> Fault:
    return fault(rule, module.path, said.line, what=_name(said), **values)


def _name(said: Said) -> Bilingual:
    """What a text is called: 选项 q1 b, option q1 b."""
    zh = {
        "title": "标题", "objective": "目标", "card": "卡片", "prompt": "提问", "task": "任务",
        "option": "选项", "feedback": "反馈", "explanation": "解析",
    }  # fmt: skip
    en = {"prompt": "question"}
    number = said.place.removeprefix("objectives ").removeprefix("card ")
    shown = "" if said.place == "title" else f" {number}"
    return Bilingual(f"{zh[said.kind]}{shown}", f"{en.get(said.kind, said.kind)}{shown}")
