"""The number a person sees in front of a list item, in the writing its file asks for."""

from collections.abc import Callable
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_OLD: Final = "零壹貳參肆伍陸柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _decimal(number: int) -> str:
    return str(number)


def _letters(number: int) -> str:
    if number > 26 * 30:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def _roman(number: int) -> str:
    if number > 4999:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        written += sign * times
    return written


def _chinese(number: int, digits: str = "零" + _DIGITS[1:], units: str = "十百千") -> str:
    """一百零一: places named; from ten to nineteen the one is not said."""
    if number >= 10_000:
        return str(number)
    written = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += digits[digit] + (units[place - 1] if place else "")
        elif written and number % 10**place and not written.endswith(digits[0]):
            written += digits[0]
    short = digits[1] == "一" and 10 <= number <= 19
    return written[1:] if short else written or digits[0]


def _chinese_counting(number: int) -> str:
    """As Word counts in 一, 二: beyond ninety-nine the digits stand side by side."""
    return _chinese(number) if number < 100 else _by_digit(number)


def _by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number)).replace("〇", "○")


_Writing = Callable[[int], str]


def _from(first: str, count: int, otherwise: _Writing = _decimal) -> _Writing:
    """Characters that stand in a row in Unicode: ①, ⑴, ⒈, ㈠."""
    return lambda n: chr(ord(first) + n - 1) if 1 <= n <= count else otherwise(n)


def _cycle(signs: str) -> _Writing:
    return lambda n: signs[(n - 1) % len(signs)]


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def _wide(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


_WRITINGS: Final[dict[str, _Writing]] = {
    "decimal": _decimal,
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "numberInDash": lambda n: f"- {n} -",
    "chineseCounting": _chinese_counting,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese_counting,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _by_digit,
    "taiwaneseDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "chineseLegalSimplified": lambda n: _chinese(n, _LEGAL, "拾佰仟"),
    "ideographLegalTraditional": lambda n: _chinese(n, _LEGAL_OLD, "拾佰仟"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㈠", 10, _chinese),
}


def numeral(number: int, writing: str) -> str:
    """`number` in a writing by its Office Open XML name; unknown names count 1, 2, 3."""
    if number < 1:
        return str(number)
    return _WRITINGS.get(writing, _decimal)(number)


def labelled(label: str, text: str) -> str:
    """A number and the text behind it, spaced as print does."""
    if not label or not text:
        return text or label
    return label + text if label[-1] in "、）．。：，】」》" else f"{label} {text}"
