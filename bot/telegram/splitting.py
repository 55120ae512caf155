"""Texts cut into pieces that fit into one message: at paragraphs, else sentences, else words."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.speech import Span, Style, Text

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
# Telegram silently drops the markup that comes after so many marked pieces.
_MOST_MARKED: Final = 90
# Where to cut, the best first; what a piece ends with stays in it.
_PLACES: Final = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"[。！？…；][”’」』）)]*|[.!?][\"”’)]*(?=\s)|[;](?=\s)"),
    re.compile(r"[，、：,:](?=\s|[^\x00-\x7f])|\s"),
)
_UNSENDABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_JOINERS: Final = frozenset("\u200d\ufe0f\ufe0e")
_LETTERS_OF_FLAGS: Final = range(0x1F1E6, 0x1F200)
_TONES: Final = range(0x1F3FB, 0x1F400)


def units(text: str) -> int:
    """The length as Telegram counts it: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def sendable(words: str) -> str:
    """Without what no message can hold: control characters, halves of characters."""
    return _UNSENDABLE.sub("", words)


def split(text: Text, longest: int = LONGEST_TEXT) -> list[Text]:
    """Pieces of a text in order, each short enough and with something in it to read."""
    pieces = []
    rest = _merged(text)
    while rest:
        end = _end(rest, longest)
        piece, rest = _cut(rest, end)
        if _has_something(piece):
            pieces.append(piece)
        rest = _without_first_blanks(rest)
    return pieces


def shortened(text: Text, longest: int = LONGEST_TEXT) -> Text:
    """The first piece, which says by three dots that there is more."""
    pieces = split(text, longest)
    if len(pieces) <= 1:
        return pieces[0] if pieces else ()
    return (*split(text, longest - 2)[0], Span(" …"))


def _has_something(piece: Text) -> bool:
    """Something to see: Telegram takes no message of blanks and invisible signs."""
    return any(unicodedata.category(sign)[0] not in "CZ" for span in piece for sign in span.text)


def _merged(text: Text) -> Text:
    merged: list[Span] = []
    for span in (replace(span, text=sendable(span.text)) for span in text):
        before = merged[-1] if merged else None
        if before is not None and (before.style, before.link) == (span.style, span.link):
            merged[-1] = replace(before, text=before.text + span.text)
        elif span.text:
            merged.append(span)
    return tuple(merged)


def _end(spans: Text, longest: int) -> int:
    """How many characters the next piece takes."""
    whole = "".join(span.text for span in spans)
    fits = _fitting(whole, longest)
    marked = [begin for begin, span in _begins(spans) if span.style is not Style.PLAIN or span.link]
    if len(marked) > _MOST_MARKED:
        fits = min(fits, marked[_MOST_MARKED])
    if fits >= len(whole):
        return len(whole)
    return _best_place(whole, fits, spans)


def _fitting(whole: str, longest: int) -> int:
    """How many characters fit into so many units; the first is taken in any case."""
    if units(whole) <= longest:
        return len(whole)
    taken = 0
    for number, sign in enumerate(whole):
        taken += 1 + (sign > "\uffff")
        if taken > longest:
            return max(number, 1)
    return len(whole)


def _begins(spans: Text) -> Iterator[tuple[int, Span]]:
    begin = 0
    for span in spans:
        yield begin, span
        begin += len(span.text)


def _best_place(whole: str, fits: int, spans: Text) -> int:
    """The last good place in the second half; between marked pieces before inside of one."""
    inside = [
        (begin, begin + len(span.text))
        for begin, span in _begins(spans)
        if span.style is not Style.PLAIN or span.link
    ]
    for place in _PLACES:
        ends = [found.end() for found in place.finditer(whole, fits // 2, fits)]
        outside = [e for e in ends if not any(begin < e < end for begin, end in inside)]
        if outside or ends:
            return (outside or ends)[-1]
    return _between_signs(whole, fits)


def _between_signs(whole: str, fits: int) -> int:
    """Not in the middle of a sign that is made of several characters."""
    for end in range(fits, max(fits - 20, 1), -1):
        if not (_goes_on(whole[end]) or whole[end - 1] == "\u200d"):
            return end
    return fits


def _goes_on(sign: str) -> bool:
    return (
        sign in _JOINERS
        or unicodedata.combining(sign) > 0
        or ord(sign) in _TONES
        or ord(sign) in _LETTERS_OF_FLAGS
    )


def _cut(spans: Text, end: int) -> tuple[Text, Text]:
    first: list[Span] = []
    second: list[Span] = []
    for begin, span in _begins(spans):
        here = min(max(end - begin, 0), len(span.text))
        if here:
            first.append(replace(span, text=span.text[:here]))
        if here < len(span.text):
            second.append(replace(span, text=span.text[here:]))
    return tuple(first), tuple(second)


def _without_first_blanks(spans: Text) -> Text:
    while spans:
        kept = spans[0].text.lstrip()
        if kept:
            return (replace(spans[0], text=kept), *spans[1:])
        spans = spans[1:]
    return spans
