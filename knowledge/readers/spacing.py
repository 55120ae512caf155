"""Spaces and line breaks of files: kept where they part words, gone where they part Han."""

import re
from collections.abc import Iterable
from typing import Final

from knowledge.structure.ladder import rung_of

_CJK: Final = (
    "\u2014\u2018\u2019\u201c\u201d\u2026\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_BETWEEN_CJK: Final = re.compile(rf"(?<=[{_CJK}])[ \t]*[\n\v\f\r][\s]*(?=[{_CJK}])")
_ENDED: Final = re.compile(r"[。！？!?；;：:.…][\"'”’）)」』》]*$")
_INDENTED: Final = re.compile(r"[\u3000\t]|[ \u00a0]{2}")
_LABELLED: Final = re.compile(r"[\w（）()、 ]{1,10}[:：]")


def tidy(text: str) -> str:
    """One line: every run of white space is one space, or nothing at a break between Han."""
    if text.isascii() and text.isalnum():
        return text
    text = _INVISIBLE.sub("", text)
    if "\n" in text or "\r" in text or "\v" in text:
        text = _BETWEEN_CJK.sub("", text)
    return " ".join(text.split())


def joined(lines: Iterable[str]) -> str:
    """Lines as one."""
    return tidy("\n".join(lines))


def lines_of(text: str) -> list[str]:
    """A paragraph with line breaks in it: as lines where they mean something, joined elsewhere."""
    if "\n" not in text:
        whole = tidy(text)
        return [whole] if whole else []
    lines: list[str] = []
    ended = True
    for raw in text.split("\n"):
        line = tidy(raw)
        if not line:
            ended = True
            continue
        if ended or _begins(raw, line):
            lines.append(line)
        else:
            lines[-1] = joined((lines[-1], line))
        ended = bool(_ENDED.search(line))
    return lines


def _begins(raw: str, line: str) -> bool:
    return bool(_INDENTED.match(raw) or _LABELLED.match(line) or rung_of(line))


def are_wrapped(lines: list[str]) -> bool:
    """Were these lines broken at a width: most as long as the longest, ending nowhere?"""
    inner = [line for line in lines[:-1] if line]
    if len(inner) < 4:
        return False
    widths = sorted(width_of(line) for line in inner)
    usual = widths[len(widths) * 3 // 4]
    full = sum(width >= usual * 0.85 for width in widths)
    open_ended = sum(not _ENDED.search(line) for line in inner)
    return 20 <= usual <= 110 and min(full, open_ended) >= len(inner) * 0.6


def width_of(line: str) -> int:
    """How wide a line is, a Chinese character counting two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in line)
