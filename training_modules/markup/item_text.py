"""One language of an item: its question, its options with feedback, its explanation."""

import re
from dataclasses import dataclass, field
from typing import Final

from training_modules.fault import Noted
from training_modules.markup.blocks import Line
from training_modules.markup.escapes import text_and_feedback, unescaped

_OPTION: Final = re.compile(r"- ([a-z0-9]{1,8})(?: (.*))?$")


@dataclass
class ItemText:
    prompt: list[str] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    explanation: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def option(self, wanted: str) -> tuple[str, str]:
        """Text and feedback of an option; both empty where there is none."""
        return text_and_feedback("\n".join(self.options.get(wanted, [])))


def item_text(lines: list[Line], noted: Noted) -> ItemText:
    """The parts of an item's lines in one language."""
    found = ItemText()
    into: list[str] | None = None
    for number, line in lines:
        if line.startswith("- "):
            into = _option(line, number, found, noted)
        elif line.startswith(">"):
            found.explanation.append(line[1:].removeprefix(" "))
        elif line.startswith("  ") and into is not None and line.strip():
            into.append(line.strip())
        elif not found.options and not found.explanation:
            found.prompt.append(unescaped(line))
        elif line.strip():
            noted.add("item.stray", number, written=line.strip()[:40])
        else:
            into = None
    return found


def _option(line: str, number: int, found: ItemText, noted: Noted) -> list[str]:
    """Where the lines that continue an option go."""
    option = _OPTION.match(line)
    if option is None:
        noted.add("option.form", number, written=line[:40])
        return []
    if option[1] in found.options:
        noted.add("option.twice", number, id=option[1])
        return []
    found.places[option[1]] = number
    return found.options.setdefault(option[1], [option[2] or ""])


def joined(lines: list[str]) -> str:
    """A text without the empty lines around it and the blanks at the ends of its lines."""
    return "\n".join(line.rstrip() for line in lines).strip()
