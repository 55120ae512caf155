"""What a heading is: a block that opens a section."""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.structure.writing import width_of

# Heights of headings that carry no marker of the ladder, beside those that do.
ANNEX, PART, TOP, PLAIN, QUESTION, LABEL = 4.0, 4.5, 5.0, 31.0, 85.0, 90.0
_ENDED: Final = re.compile(r"(?:[。；;，,、!！]|(?<!\.)\.)[’”\"'）)]*$")
_NAMES_WORKS: Final = re.compile(r"《[^》]*》")


@dataclass(frozen=True, slots=True)
class Heading:
    """A block that opens a section; what follows `cut` characters of it is the section's text.

    `kind` groups siblings, `height` orders kinds (less is higher), `file_level` is the rank that
    the file itself gave. `brief` sections hold their own block alone.
    """

    kind: str
    height: float
    title: str
    file_level: int = 0
    cut: int | None = None
    brief: bool = False


def reads_as_heading(text: str, width: int = 80) -> bool:
    """Short, and ends nowhere; the titles of works that it names may be long."""
    return not _ENDED.search(text) and width_of(_NAMES_WORKS.sub("《》", text)) <= width


def spoken(title: str) -> str:
    """“3. 1” is how some printers set 3.1."""
    return re.sub(r"^(\d{1,2})\s*[.．]\s+(?=\d)", r"\1.", title)
