"""Raised characters: a footnote's mark, an exponent, or plain text."""

import re
from typing import Final

_OPEN: Final = r"[\[［〔(（【]?\s*"
_CLOSE: Final = r"\s*[\]］〕)）】]?"
_MARK: Final = re.compile(rf"{_OPEN}(\d{{1,3}}|[①-⑳]|[*＊†‡]{{1,3}}|[ivx]{{1,5}}){_CLOSE}")
_MARKS: Final = re.compile(rf"{_OPEN}\d{{1,3}}(?:\s*[,，、]\s*\d{{1,3}})+{_CLOSE}")
_SQUARED: Final = re.compile(
    r"(?:(?:^|[^A-Za-z])(?:[kcdmμ]?m|[Rrxχ])|/s|(?:^|[^\d])(?:(?<!方)米|厘米|(?<!方)公里))$"
)
_TEN: Final = re.compile(r"(?:^|[^\d.])10$")
_RAISED: Final = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")


def read_raised(before: str, raised: str) -> tuple[str, tuple[str, ...]]:
    """What a raised stretch adds to the text after `before`, and the marks it carries."""
    bare = raised.strip()
    if not bare:
        return raised, ()
    if _is_exponent(before.rstrip(), bare):
        return bare.translate(_RAISED), ()
    if _MARKS.fullmatch(bare):
        return "", tuple(re.findall(r"\d+", bare))
    found = _MARK.fullmatch(bare)
    return ("", (mark_name(found[1]),)) if found else (raised, ())


def mark_name(sign: str) -> str:
    """What a mark is called, however it is drawn: ① is 1."""
    circled = len(sign) == 1 and "①" <= sign <= "⑳"
    return str(ord(sign) - ord("①") + 1) if circled else sign


def _is_exponent(before: str, bare: str) -> bool:
    if not re.fullmatch(r"[-−+]?[0-9]{1,3}", bare):
        return False
    return bool(_TEN.search(before) or (bare in {"2", "3"} and _SQUARED.search(before)))
