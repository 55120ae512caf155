"""One form for comparing: NFKC, Simplified, lower case, plain digits for years and ordinals."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, Final

_DIGITS: Final = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_YEAR: Final = re.compile(r"[零〇一二三四五六七八九]{4}(?=\s*年)")
_ORDINAL: Final = re.compile(
    r"(?<=第)[〇零一二三四五六七八九十百千两]+(?=[条章节编款项届次个种类点部卷期批步])"
    r"|[一二三四五六七八九十]{1,3}(?=月[一二三四五六七八九十\d]{1,3}[日号])"
    r"|(?<=月)[一二三四五六七八九十]{1,3}(?=[日号])"
)
_SPACED: Final = re.compile(
    r"(?<=[\u3400-\u9fff\d])\s+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\s+(?=\d)"
)
_ASCII: Final = re.compile(r"[\x00-\x7f]*$")


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """A text in the form in which questions and passages are compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _ASCII.match(folded):
        return folded
    folded = str(_converter().convert(folded))
    folded = _YEAR.sub(lambda m: "".join(_DIGITS[c] for c in m.group()), folded)
    return _SPACED.sub("", _ORDINAL.sub(lambda m: str(number_of(m.group())), folded))


def letters(text: str) -> str:
    """Letters and digits alone: the form in which a quote is held against its document."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


_UNITS: Final = {"十": 10, "百": 100, "千": 1000}


def number_of(numeral: str) -> int:
    """The value of a Chinese numeral below ten thousand: 十二 is 12, 二〇 is 20."""
    if not any(c in _UNITS for c in numeral):
        return int("".join(_DIGITS[c] for c in numeral) or 0)
    total, digit = 0, 0
    for c in numeral:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = int(_DIGITS[c])
    return total + digit


def stands_in(name: str, text: str) -> bool:
    """Chinese anywhere; a word or number only as a whole, in singular or plural."""
    if name not in text:
        return False
    return not name.isascii() or bool(_whole(name).search(text))


@lru_cache(maxsize=4000)
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9.]){re.escape(name)}(?:e?s)?(?![a-z0-9]|\.\d)")
