"""What a database can hold: a reading without NUL and halves of characters."""

import re
from dataclasses import replace
from typing import Final

from knowledge.document import Reading

_UNWRITABLE: Final = re.compile("[\x00\ud800-\udfff]")
_SUBSTITUTE: Final = "\ufffd"


def writable(text: str) -> str:
    """The text with a mark in the place of each character that cannot be written."""
    return _UNWRITABLE.sub(_SUBSTITUTE, text)


def writable_reading(reading: Reading) -> Reading:
    """The same reading, every span still right, when all of it can be written."""
    texts = [
        reading.text,
        *(s.title for s in reading.sections),
        *(p.text for p in reading.passages),
    ]
    texts += [item for p in reading.passages for cell in p.cells for item in cell]
    texts += [cell for table in reading.tables for cell in (table.caption, *table.header)]
    if not any(_UNWRITABLE.search(text) for text in texts):
        return reading
    return replace(
        reading,
        text=writable(reading.text),
        title=writable(reading.title),
        sections=tuple(replace(s, title=writable(s.title)) for s in reading.sections),
        passages=tuple(
            replace(p, text=writable(p.text), cells=tuple(_cell(cell) for cell in p.cells))
            for p in reading.passages
        ),
        tables=tuple(
            replace(t, caption=writable(t.caption), header=_cell(t.header)) for t in reading.tables
        ),
    )


def _cell(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(writable(item) for item in items)
