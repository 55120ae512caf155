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
_USUAL: Final = {"gb18030": (0xB0, 0xD7), "big5hkscs": (0xA4, 0xC6)}
_SELDOM: Final = 20
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x1c-\x1e\x85\u2028\u2029]")
_UNWANTED: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff]")


def decode(data: bytes) -> str:
    """The text of a file, with plain line ends and without control characters."""
    text = _decode(data)
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))


def _decode(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    strict = _strict_utf8(data)
    if strict and ("\0" not in strict or not strict.isascii()):
        return strict
    wide = _unmarked_wide(data)
    if wide:
        return data.decode(wide, errors="replace")
    return strict or _mostly_utf8(data) or _guess(data)


def _strict_utf8(data: bytes) -> str:
    """The text of a file in UTF-8; the empty text when it is in something else."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut in the middle of its last character is still UTF-8.
        cut = error.start >= len(data) - 3 and error.start > 0
        return data[: error.start].decode("utf-8") if cut else ""


def _unmarked_wide(data: bytes) -> str | None:
    """UTF-16 without its mark betrays itself by NUL bytes at every other place."""
    head = data[:4000]
    if len(head) < 8 or head.count(0) < max(1, len(head) // 20):
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * 5 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _mostly_utf8(data: bytes) -> str:
    """A file in UTF-8 with a few broken bytes is still that; the empty text when it is not."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    wide = sum(ord(letter) > 127 for letter in text) - broken
    return text if broken * _SELDOM < wide else ""


def _guess(data: bytes) -> str:
    readable = {}
    for name in ("gb18030", "big5hkscs"):
        try:
            readable[name] = data.decode(name)
        except UnicodeDecodeError:
            continue
    if readable:
        return readable[max(readable, key=lambda name: _plausibility(readable[name], name))]
    return _by_library(data)


def _plausibility(text: str, name: str) -> float:
    """How much a text reads like one: frequent characters, usual ones, and none of nobody's."""
    counts = Counter(text[:20_000])
    wide = {letter: n for letter, n in counts.items() if ord(letter) > 127}
    frequent = sum(n for letter, n in wide.items() if letter in _COMMON)
    usual = sum(n for letter, n in wide.items() if _is_usual(letter, name))
    private = sum(n for letter, n in wide.items() if "\ue000" <= letter <= "\uf8ff")
    return (frequent + usual / 3 - 3 * private) / max(sum(wide.values()), 1)


def _is_usual(letter: str, name: str) -> bool:
    """Among the first level of a character set, which holds the characters of everyday use."""
    lowest, highest = _USUAL[name]
    return lowest <= letter.encode(name, errors="replace")[0] <= highest


def _by_library(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return data.decode(best.encoding if best else "gb18030", errors="replace")
