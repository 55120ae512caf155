"""Bytes to text, whatever the encoding: by its mark, else by what reads as a language."""

import codecs
import re
from collections import Counter
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The most frequent characters of written Chinese in both scripts: a wrong decoding holds few.
_COMMON: Final = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會"
    "可主发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着著等"
    "部度家电電力里裡如水化高自二理起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性"
    "好应應开開它合还還因由其些然前外天政四日那社义義事平形相全表间間样樣与與关關各重新线線内內"
    "数數正心反你明看原又么麼利比或但质質气氣第向道命此变變条條只没沒结結解问問意建月公无無系"
    "图圖书書馆館务務服读讀者文献獻规規划劃，。、；：（）“”《》"
)
_UNWANTED: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff]")


def decode(data: bytes) -> str:
    """The text of a file, with plain line ends and without control characters."""
    text = _decode(data)
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decode(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    wide = _unmarked_wide(data)
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut in the middle of its last character is still UTF-8.
        if error.start >= len(data) - 3 and error.start > 0:
            return data[: error.start].decode("utf-8")
    return _guess(data)


def _unmarked_wide(data: bytes) -> str | None:
    """UTF-16 without its mark betrays itself by NUL bytes at every other place."""
    head = data[:4000]
    if len(head) < 8 or head.count(0) < max(1, len(head) // 20):
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * 5 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _guess(data: bytes) -> str:
    readable = {}
    for name in ("gb18030", "big5hkscs"):
        try:
            readable[name] = data.decode(name)
        except UnicodeDecodeError:
            continue
    if readable:
        return max(readable.values(), key=_plausibility)
    return _by_library(data)


def _plausibility(text: str) -> float:
    counts = Counter(text[:20_000])
    wide = sum(n for letter, n in counts.items() if ord(letter) > 127)
    return sum(n for letter, n in counts.items() if letter in _COMMON) / max(wide, 1)


def _by_library(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return data.decode(best.encoding if best else "gb18030", errors="replace")
