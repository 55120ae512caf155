"""Writing a module as its file; parsing what was written gives the same module."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from training_modules.markup.escapes import escaped, with_feedback
from training_modules.module import Bilingual, Card, Item, ItemType, Module, Number, Track

_PLAIN: Final = re.compile(r"[\w一-鿿][\w一-鿿 ，。、；（）《》“”/.+-]*")


def as_markdown(module: Module) -> str:
    """The file of a module, in the order and the form that people write it in."""
    parts = ["---", *front_lines(module), "---", ""]
    for card in module.cards:
        parts += _card(card)
    for item in module.items:
        parts += _item(item)
    return "\n".join(parts).rstrip("\n") + "\n"


def front_lines(module: Module) -> list[str]:
    """The front matter, status and approvals last."""
    return list(_front(module))


def track_as_yaml(track: Track) -> str:
    """The file of a track."""
    lines = [
        f"id: {scalar(track.id)}", f"version: {track.version}", f"title: {_both(track.title)}",
        f"about: {_both(track.about)}", "confidence:",
        *(f"  - {_both(one)}" for one in track.confidence), "modules:",
        *(f"  - {scalar(name)}" for name in track.modules),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _front(module: Module) -> Iterator[str]:
    yield f"id: {scalar(module.id)}"
    yield f"track: {scalar(module.track)}"
    yield f"version: {module.version}"
    yield f"title: {_both(module.title)}"
    yield "objectives:"
    yield from (f"  - {_both(one)}" for one in module.objectives)
    yield f"competencies: {_names(module.competencies)}"
    yield f"ifla_area: {module.ifla_area}"
    yield f"minutes: {module.minutes}"
    yield f"after: {_names(module.after)}"
    yield "sources:"
    for source in module.sources:
        yield f"  - doc: {scalar(source.doc)}"
        yield f"    locator: {scalar(source.locator)}"
        yield f"    quote: {scalar(source.quote)}"
    yield f"status: {module.status}"
    if module.approvals:
        yield "approvals:"
    for one in module.approvals:
        by, role = scalar(one.by), scalar(one.role)
        yield f"  - {{by: {by}, role: {role}, on: {one.on}, sha256: {one.sha256}}}"


def _card(card: Card) -> Iterator[str]:
    given = {"source": _numbers(card.sources), "objective": _objective(card.objective)}
    if card.beyond:
        given["beyond"] = "yes"
    yield f"## card{_braces(given)}"
    yield ""
    for language in ("zh", "en"):
        yield from (f"### {language}", "", escaped(card.text.of(language), in_item=False), "")


def _item(item: Item) -> Iterator[str]:
    yield f"## item {item.id}{_braces(_attributes(item))}"
    yield ""
    for language in ("zh", "en"):
        yield from (f"### {language}", "", escaped(item.prompt.of(language), in_item=True), "")
        for option in item.options:
            said = with_feedback(option.text.of(language), option.feedback.of(language))
            yield f"- {option.id} " + said.replace("\n", "\n  ")
        if item.options:
            yield ""
        if item.explanation.of(language):
            yield "> " + item.explanation.of(language).replace("\n", "\n> ")
            yield ""


def _attributes(item: Item) -> dict[str, str]:
    given = {"type": str(item.type)}
    if item.key:
        given["key"] = " ".join(item.key)
    if item.type is ItemType.DILEMMA:
        given["scores"] = " ".join(f"{one.id}={one.score:g}" for one in item.options)
    if item.number:
        given |= _number(item.number)
    if item.form:
        given["form"] = item.form
    given["source"] = _numbers(item.sources)
    given["objective"] = _objective(item.objective)
    return given


def _number(number: Number) -> dict[str, str]:
    given = {"value": _shortest(number.value)}
    if number.tolerance:
        given["tolerance"] = _shortest(number.tolerance)
    if number.unit.zh or number.unit.en:
        given["unit"] = f"{number.unit.zh}|{number.unit.en}"
    return given


def _shortest(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _numbers(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _objective(number: int) -> str:
    return str(number) if number != 1 else ""


def _braces(given: Mapping[str, str]) -> str:
    shown = [
        f'{name}="{value}"' if re.search(r"[^\w.+-]", value) else f"{name}={value}"
        for name, value in given.items()
        if value
    ]
    return f" {{{' '.join(shown)}}}" if shown else ""


def _both(text: Bilingual) -> str:
    return f"{{zh: {scalar(text.zh)}, en: {scalar(text.en)}}}"


def _names(names: Iterable[str]) -> str:
    return f"[{', '.join(map(scalar, names))}]"


def scalar(text: str) -> str:
    """A text as YAML takes it: bare where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text == text.strip():
        return text
    return f'"{"".join(map(_character, text))}"'


def _character(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\U{number:08x}" if number > 0xFFFF else f"\\u{number:04x}"
