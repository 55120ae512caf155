"""Parsing a module file: all of its faults are found, and as much of the module as can be."""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from training_modules.content_hash import content_hash
from training_modules.fault import Fault, Noted
from training_modules.markup.blocks import blocks_of
from training_modules.markup.cards_and_items import Making
from training_modules.markup.front_matter import FrontMatter, front_matter
from training_modules.module import Card, Item, Module

LONGEST: Final = 200_000
_FENCE: Final = "---"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The module as far as it could be read, and everything that is wrong with its file."""

    module: Module | None
    faults: tuple[Fault, ...]


def parse(text: str, path: Path | None = None) -> Parsed:
    noted = Noted(path)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if len(text) > LONGEST:
        noted.add("file.long", 1, most=LONGEST)
        return Parsed(None, noted.in_order())
    end = _end_of_front(lines)
    if end is None:
        noted.add("front.fence", 1)
        return Parsed(None, noted.in_order())
    front = front_matter(lines[1:end], noted)
    if front is None:
        return Parsed(None, noted.in_order())
    module = _module(front, lines, end + 1, noted)
    return Parsed(module, noted.in_order())


def parse_file(path: Path) -> Parsed:
    """The module of a file; one that is no text at all is a fault of its own."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        noted = Noted(path)
        noted.add("file.encoding", 1)
        return Parsed(None, noted.in_order())
    return parse(text, path)


def _end_of_front(lines: list[str]) -> int | None:
    if lines[0].rstrip() != _FENCE:
        return None
    return next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)


def _module(front: FrontMatter, lines: list[str], start: int, noted: Noted) -> Module:
    sources, objectives = front.sources(), front.bilinguals("objectives")
    places = dict(front.lines)
    cards, items = _parts(lines, start, Making(len(sources), len(objectives), noted, places))
    name = front.id("id")
    if name and noted.path is not None and noted.path.stem != name:
        front.note("file.name", "id", id=name, name=noted.path.name)
    module = Module(
        name, front.id("track"), front.number("version", 1, 9999), front.bilingual("title"),
        objectives, front.names("competencies"), front.number("ifla_area", 1, 4),
        front.number("minutes", 1, 15), sources, cards, items, front.status(), front.approvals(),
        front.names("after"), path=noted.path, lines=places,
    )  # fmt: skip
    return replace(module, sha256=content_hash(module))


def _parts(
    lines: list[str], start: int, making: Making
) -> tuple[tuple[Card, ...], tuple[Item, ...]]:
    noted = making.noted
    blocks = blocks_of(lines[start:], start + 1, noted)
    names = Counter(block.name for block in blocks if block.kind == "item")
    for block in blocks:
        if block.kind == "item" and names[block.name] > 1:
            noted.add("item.twice", block.line, id=block.name)
    cards = tuple(making.card(block) for block in blocks if block.kind == "card")
    found = [making.item(block) for block in blocks if block.kind == "item"]
    return cards, tuple(item for item in found if item is not None)
