"""Sentences; and long paragraphs cut into pieces of a few sentences that can be cited."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from knowledge.document import Span
from knowledge.structure.ladder import ordinal, rung_of
from knowledge.structure.placing import Places
from knowledge.structure.writing import width_of

# In the width of Latin letters: five hundred Chinese characters, three hundred and twenty.
LONGEST: Final = 1000
_USUAL: Final = 640
_CLOSERS: Final = r"[’”\"'）)」』》］\]]*(?:[［\[]\d+[］\]])?"
_SENTENCE: Final = re.compile(
    rf".+?(?:(?:[。！？!?；;…]+{_CLOSERS})+|\.{_CLOSERS}(?=\s+[A-Z“\"(]|\s*$)|$)", re.S
)
_BEFORE: Final = r"(?<=[。；;:：.!?！？）)］\]”])\s*"
# How each way of counting is written, what stands before it, and how many are needed to tell.
_NUMBERS: Final = (
    (_BEFORE, r"[（(]\s?\d{1,2}\s?[)）]\s*(?=\S)", 1),
    (_BEFORE, r"[（(]\s?[一二三四五六七八九十]{1,3}\s?[)）]\s*(?=\S)", 1),
    (r"(?<=[；;：:])\s*", r"\d{1,2}\s?(?:、|[.．](?!\d))", 2),
)
_STEPS: Final = tuple(
    (re.compile(number), re.compile(before + number), fewest) for before, number, fewest in _NUMBERS
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph, with its place; an item when the paragraph counts its parts."""

    text: str
    span: Span
    is_item: bool = False


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its punctuation; joined they are the text again."""
    found: list[str] = []
    opener = ""
    for match in _SENTENCE.finditer(text):
        sentence, opener = opener + match.group(), ""
        # A straight quotation mark after a full stop may open the next sentence.
        if sentence.endswith('"') and sentence.count('"') % 2 and match.end() < len(text):
            sentence, opener = sentence[:-1], '"'
        found.append(sentence)
    return [*found, opener] if opener else found


def split(text: str, span: Span, places: Places) -> list[Piece]:
    """A paragraph as pieces: its counted parts (1)…(2)…, and no piece longer than can be read."""
    parts = _counted(text)
    if len(parts) == 1 and _fits(text):
        return [Piece(text, span)]
    pieces = [(cut, number > 0) for number, part in enumerate(parts) for cut in _cut(part)]
    return _placed(pieces, span, places)


def _fits(text: str) -> bool:
    return len(text) <= LONGEST // 2 or width_of(text) <= LONGEST


def _counted(text: str) -> list[str]:
    """Lead-in and parts, where a paragraph counts (1), (2), … in order within its sentences."""
    for first, step, fewest in _STEPS:
        begun = first.match(text)
        due = _number(begun) + 1 if begun else 1
        starts: list[int] = []
        for found in step.finditer(text):
            if _number(found) == due:
                starts.append(found.end() - len(found.group().lstrip()))
                due += 1
        if len(starts) >= fewest:
            return [text[a:b] for a, b in pairwise([0, *starts, len(text)])]
    return [text]


def _number(found: re.Match[str]) -> int:
    rung = rung_of(found.group().strip())
    return ordinal(rung) if rung else 0


def _cut(text: str) -> list[str]:
    if _fits(text):
        return [text]
    pieces: list[str] = []
    for sentence in _bounded(sentences(text)):
        if pieces and width_of(pieces[-1]) + width_of(sentence) <= _USUAL:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    return pieces


def _bounded(parts: list[str]) -> list[str]:
    """A sentence too long to read is cut at commas, then at spaces, then anywhere."""
    bounded: list[str] = []
    for part in parts:
        rest = part
        while not _fits(rest):
            reach = LONGEST // 2 if width_of(rest[:LONGEST]) > LONGEST else LONGEST
            cut = _last(rest, "，、,：:", reach) or _last(rest, " \n", reach) or reach
            bounded.append(rest[:cut])
            rest = rest[cut:]
        bounded.append(rest)
    return bounded


def _last(text: str, signs: str, reach: int) -> int:
    """The place after the last of these signs in the later part of a text's beginning."""
    return max(text.rfind(sign, reach // 3, reach) for sign in signs) + 1


def _placed(pieces: list[tuple[str, bool]], span: Span, places: Places) -> list[Piece]:
    kept = [(text.strip(), is_item) for text, is_item in pieces if text.strip()]
    placed: list[Piece] = []
    at = span.start
    for number, (text, is_item) in enumerate(kept):
        letters = sum(letter.isalnum() for letter in text)
        last = number == len(kept) - 1
        end = span.end if last else places.after(letters, Span(at, span.end))
        placed.append(Piece(text, Span(at, end), is_item))
        at = end
    return placed
