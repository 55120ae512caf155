"""Sentences; and long paragraphs cut into pieces of a few sentences that can be cited."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from knowledge.document import Span

LONGEST: Final = 500
_USUAL: Final = 320
_CLOSERS: Final = r"[’”\"'）)」』》］\]]*(?:[［\[]\d+[］\]])?"
_SENTENCE: Final = re.compile(
    rf".+?(?:[。！？!?；;…]+{_CLOSERS}|\.{_CLOSERS}(?=\s+[A-Z“\"(]|\s*$)|$)", re.S
)
_STEP: Final = re.compile(r"(?<=[。；;:：.!?！？）)］\]”])\s*[（(]\s?(\d{1,2})\s?[)）]\s*(?=\S)")

_FIRST_STEP: Final = re.compile(r"[（(]\s?(\d{1,2})\s?[)）]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph, with its place; an item when the paragraph counts its parts."""

    text: str
    span: Span
    is_item: bool = False


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its punctuation; joined they are the text again."""
    found = [match.group() for match in _SENTENCE.finditer(text)]
    return found or ([text] if text else [])


def split(text: str, span: Span, source: str) -> list[Piece]:
    """A paragraph as pieces: its counted parts (1)…(2)…, and no piece longer than can be read."""
    parts = _counted(text)
    if len(parts) == 1 and len(text) <= LONGEST:
        return [Piece(text, span)]
    pieces: list[tuple[str, bool]] = []
    for number, part in enumerate(parts):
        for cut in _cut(part):
            pieces.append((cut, number > 0))
    return _placed(pieces, span, source)


def _counted(text: str) -> list[str]:
    """Lead-in and parts, where a paragraph counts (1), (2), … in order within its sentences."""
    begun = _FIRST_STEP.match(text)
    due = int(begun[1]) + 1 if begun else 1
    starts: list[int] = []
    for found in _STEP.finditer(text):
        if int(found[1]) == due:
            starts.append(found.end() - len(found.group().lstrip()))
            due += 1
    bounds = [0, *starts, len(text)]
    return [text[a:b] for a, b in pairwise(bounds)]


def _cut(text: str) -> list[str]:
    if len(text) <= LONGEST:
        return [text]
    pieces: list[str] = []
    for sentence in _bounded(sentences(text)):
        if pieces and len(pieces[-1]) + len(sentence) <= _USUAL:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    return pieces


def _bounded(parts: list[str]) -> list[str]:
    """A sentence too long to read is cut at commas, then anywhere."""
    bounded: list[str] = []
    for part in parts:
        rest = part
        while len(rest) > LONGEST:
            cut = max(rest.rfind(sign, _USUAL // 2, LONGEST) for sign in "，、,：:")
            cut = cut + 1 if cut > 0 else LONGEST
            bounded.append(rest[:cut])
            rest = rest[cut:]
        bounded.append(rest)
    return bounded


def _placed(pieces: list[tuple[str, bool]], span: Span, source: str) -> list[Piece]:
    kept = [(text.strip(), is_item) for text, is_item in pieces if text.strip()]
    placed: list[Piece] = []
    at = span.start
    for number, (text, is_item) in enumerate(kept):
        letters = sum(letter.isalnum() for letter in text)
        end = span.end if number == len(kept) - 1 else _after(source, at, span.end, letters)
        placed.append(Piece(text, Span(at, end), is_item))
        at = end
    return placed


def _after(source: str, start: int, end: int, letters: int) -> int:
    """The place in the source after so many letters and the marks that close them."""
    at = start
    while at < end and letters:
        letters -= source[at].isalnum()
        at += 1
    while at < end and not source[at].isalnum() and source[at] not in "“《（(【「‘<*_[［":
        at += 1
    return at
