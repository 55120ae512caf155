"""Footnotes and endnotes of a Word document: what each is called and what it says."""

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element as Element

from knowledge.readers.numerals import numeral
from knowledge.readers.spacing import joined
from knowledge.readers.superscript import mark_name
from knowledge.readers.word_styles import W, value
from knowledge.readers.word_text import read_line

_KINDS: Final = ("footnote", "endnote")
_USUAL: Final = {"footnote": "decimal", "endnote": "lowerRoman"}


class Notes:
    """Names notes in the order they are referred to, and reads them afterwards."""

    def __init__(self, roots: dict[str, Element | None], *settings: Element | None) -> None:
        self._marks: dict[tuple[str, str], str] = {}
        self._counts = dict.fromkeys(_KINDS, 0)
        self._writings = {kind: _writing(kind, settings) for kind in _KINDS}
        self._elements = {
            (kind, note.get(f"{W}id", "")): note
            for kind, root in roots.items()
            if root is not None
            for note in root.iter(f"{W}{kind}")
        }

    def name(self, kind: str, note_id: str, own: str) -> str:
        """The mark of a note: its own sign, or its number."""
        known = self._marks.get((kind, note_id))
        if known is None:
            self._counts[kind] += 0 if own else 1
            known = mark_name(own or numeral(self._counts[kind], self._writings[kind]))
            self._marks[kind, note_id] = known
        return known

    def referred(self) -> Iterator[tuple[str, str]]:
        """Mark and text of every note that the text refers to."""
        for key, mark in list(self._marks.items()):
            note = self._elements.get(key)
            if note is not None:
                yield mark, joined(read_line(p, self.name).text for p in note.iter(f"{W}p"))


def _writing(kind: str, settings: tuple[Element | None, ...]) -> str:
    for root in settings:
        for properties in [] if root is None else root.iter(f"{W}{kind}Pr"):
            said = value(properties, "numFmt")
            if said:
                return said
    return _USUAL[kind]
