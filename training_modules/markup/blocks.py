"""The body of a module file as blocks: cards and items, their attributes, their lines."""

import re
from dataclasses import dataclass, field
from typing import Final

from training_modules.fault import Noted

_HEADING: Final = re.compile(r"## (card|item)(?:[ ]+([^\s{]+))?\s*(?:\{(.*)\})?\s*$")
_LANGUAGE: Final = re.compile(r"### (zh|en)\s*$")
_ATTRIBUTE: Final = re.compile(r'([a-z]+)=("[^"]*"|[^\s"{}]+)(?:\s+|$)')
_NAME: Final = re.compile(r"[a-z0-9-]{1,24}")
Line = tuple[int, str]


@dataclass
class Block:
    """A card or an item as it is written, with the numbers of its lines."""

    kind: str
    name: str
    attributes: dict[str, str]
    line: int
    texts: dict[str, list[Line]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)


def blocks_of(lines: list[str], first: int, noted: Noted) -> list[Block]:
    """Every block in order; what belongs to none is noted."""
    blocks: list[Block] = []
    into: list[Line] | None = None
    for number, line in enumerate(lines, first):
        if line.startswith("## "):
            block = _opened(line, number, noted)
            if block is not None:
                blocks.append(block)
            into = None if block else []
        elif line.startswith("### ") and blocks:
            into = _language(line, number, blocks[-1], noted)
        elif line.startswith("#"):
            noted.add("block.heading", number, written=line[:40])
        elif into is not None:
            into.append((number, line))
        elif line.strip():
            noted.add("block.stray", number, written=line.strip()[:40])
    return blocks


def _opened(line: str, number: int, noted: Noted) -> Block | None:
    found = _HEADING.match(line)
    if found is None:
        noted.add("block.heading", number, written=line[:40])
        return None
    kind, name, written = found[1], found[2] or "", found[3] or ""
    if kind == "item" and not _NAME.fullmatch(name):
        noted.add("item.id", number, id=name)
    return Block(kind, name, _attributes(written, number, noted), number)


def _attributes(written: str, number: int, noted: Noted) -> dict[str, str]:
    found: dict[str, str] = {}
    at, rest = 0, written.strip()
    while at < len(rest):
        one = _ATTRIBUTE.match(rest, at)
        if one is None:
            noted.add("attribute.form", number, written=rest[at : at + 40])
            break
        if one[1] in found:
            noted.add("attribute.twice", number, name=one[1])
        found[one[1]] = one[2].strip('"').strip()
        at = one.end()
    return found


def _language(line: str, number: int, block: Block, noted: Noted) -> list[Line]:
    """Where the lines that follow go; those under an unreadable heading go nowhere."""
    found = _LANGUAGE.match(line)
    if found is None:
        noted.add("block.heading", number, written=line[:40])
        return []
    if found[1] in block.texts:
        noted.add("language.twice", number, code=found[1])
        return []
    block.places[found[1]] = number
    return block.texts.setdefault(found[1], [])
