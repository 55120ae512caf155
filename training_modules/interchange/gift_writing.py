"""GIFT out, in one language: plain questions that Moodle and many others read."""

from collections.abc import Iterable, Iterator
from typing import Final

from training_modules.interchange.loss import Losses
from training_modules.interchange.moodle_writing import share_of
from training_modules.interchange.rich_text import plain
from training_modules.interchange.tagging import tag_of
from training_modules.module import Bilingual, Item, ItemType, Module, Option

_SPECIAL: Final = str.maketrans({c: f"\\{c}" for c in "\\~=#{}:"} | {"\n": "\\n"})
_WRITING: Final = frozenset({ItemType.REFLECTION, ItemType.APPLICATION})
_LEFT_OUT: Final = frozenset({ItemType.LIKERT, ItemType.RECOMMENDATION})


def gift(modules: Iterable[Module], language: str, losses: Losses) -> str:
    """All items of these modules, each module a category."""
    parts: list[str] = []
    for module in modules:
        path = f"$course$/top/LibCoach/{module.track}/{module.id}"
        parts.append(f"// {plain(module.title.of(language))}\n$CATEGORY: {path}\n")
        if module.cards:
            losses.add(module.id, "cards", str(len(module.cards)))
        for item in module.items:
            name = f"{module.id}/{item.id}"
            if item.type in _LEFT_OUT:
                losses.add(name, "type", str(item.type))
                continue
            if item.type is ItemType.ORDER and any(
                option.feedback != Bilingual("", "") for option in item.options
            ):
                losses.add(name, "feedback")
            if item.number is not None and item.number.unit.of(language):
                losses.add(name, "unit", item.number.unit.of(language))
            parts.append("".join(_question(item, language)))
    return "\n".join(parts)


def _question(item: Item, language: str) -> Iterator[str]:
    yield f"// [id:{item.id}] [tag:{tag_of(item)}]\n"
    yield f"::{_safe(item.id)}::[markdown]{_safe(item.prompt.of(language))} {{"
    explanation = item.explanation.of(language)
    general = f"####{_safe(explanation)}" if explanation else ""
    if item.type in _WRITING:
        yield general
    elif item.number is not None:
        yield f"#{item.number.value!r}:{item.number.tolerance!r}{general}"
    else:
        yield "\n"
        yield from _answers(item, language)
        yield general + "\n" * bool(general)
    yield "}\n"


def _answers(item: Item, language: str) -> Iterator[str]:
    if item.type is ItemType.ORDER:
        options = [option for one in item.key if (option := item.option(one)) is not None]
        for n, option in enumerate(options, 1):
            yield f"={n} -> {_safe(option.text.of(language))}\n"
        return
    for option in item.options:
        feedback = option.feedback.of(language)
        said = f"#{_safe(feedback)}" if feedback else ""
        yield f"{_mark(item, option)}{_safe(option.text.of(language))}{said}\n"


def _mark(item: Item, option: Option) -> str:
    share = share_of(item, option)
    looks_like_share = "%" in option.text.zh[:1] + option.text.en[:1]
    if item.type is ItemType.MULTI or 0 < share < 100 or looks_like_share:
        return f"~%{share:g}%"
    return "=" if share == 100 else "~"


def _safe(text: str) -> str:
    return plain(text).translate(_SPECIAL)
