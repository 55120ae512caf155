"""A spreadsheet's value as its reader sees it: number formats applied, dates in ISO form."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_SIGNIFICANT: Final = 11
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"'
    r"|[\\!](?P<escaped>.)"
    r"|\[\$(?P<currency>[^\]-]*)[^\]]*\]"
    r"|(?P<ignored>\[[^\]]*\]|_.|\*.)"
    r"|(?P<general>General)"
    r"|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+)"
    r"|(?P<other>.)",
    re.I | re.S,
)
_BEYOND_US: Final = re.compile(r"\[[<>=]|[#0?]\s*/\s*[#0?\d]|[0#?]E[+-]", re.I)
_NOT_A_MOMENT: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|am/pm|a/p|上午/下午', re.I)


def shown(value: object, number_format: str | None) -> str:
    """The text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, datetime | date | time):
        return _moment(value, number_format or "")
    return str(value)


def _number(value: int | float, number_format: str) -> str:
    plain = _plain(value)
    if number_format == "General":
        return plain
    if _BEYOND_US.search(number_format) or not re.fullmatch(r"-?[\d.]+", plain):
        return plain
    sections = re.findall(r'((?:"[^"]*"|\\.|[^;])*)(?:;|$)', number_format)[:-1] or [number_format]
    amount = Decimal(repr(value))
    section, sign = sections[0], "-" if amount < 0 else ""
    if amount < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif amount == 0 and len(sections) > 2:
        section = sections[2]
    written = _by_section(abs(amount), section)
    if written is None:
        return plain
    return f"{sign}{written}" if any(digit in written for digit in "123456789") else written


def _by_section(amount: Decimal, section: str) -> str | None:
    """The number in one section of its format, None when the format is beyond us."""
    tokens = list(_TOKEN.finditer(section))
    patterns = [token for token in tokens if token["digits"] or token["general"]]
    if len(patterns) > 1:
        return None
    percents = sum(token["other"] == "%" for token in tokens)
    written = ""
    for token in tokens:
        if token["digits"]:
            written += _digits(amount * 100**percents, token["digits"])
        elif token["general"]:
            written += _plain(float(amount))
        elif not token["ignored"] and token["other"] != "@":
            written += next(filter(None, token.groups()), "")
        elif token["other"] == "@":
            written += _plain(float(amount))
    return written.strip()


def _digits(amount: Decimal, pattern: str) -> str:
    bare = pattern.rstrip(",")
    whole, _, fraction = bare.partition(".")
    amount = amount.scaleb(-3 * (len(pattern) - len(bare)))
    rounded = amount.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    written = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    before, _, after = written.partition(".")
    least = len(fraction.rstrip("#?"))
    after = after[:least] + after[least:].rstrip("0")
    if before == "0" and "0" not in whole and not after:
        return ""
    before = before.rjust(whole.count("0"), "0")
    return f"{before}.{after}" if after else before


def _plain(value: int | float) -> str:
    """Without the noise of binary fractions, and whole numbers as such."""
    if isinstance(value, int):
        return str(value)
    if value == int(value) if abs(value) < 1e15 else False:
        return str(int(value))
    written = f"{value:.{_SIGNIFICANT}g}"
    return f"{Decimal(written):f}" if "e" in written and abs(value) > 1e-9 else written


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _moment(value: datetime | date | time, number_format: str) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    asked = _NOT_A_MOMENT.sub("", number_format.split(";")[0]).lower()
    has_clock = "h" in asked or "s" in asked
    year, month, day = (any(sign in asked for sign in signs) for signs in ("ye", "m", "d"))
    if has_clock and not (year or day) and isinstance(value, datetime):
        return _moment(value.time(), "")
    shape = "%Y-%m-%d"
    if month and not day:
        shape = "%Y-%m" if year else "%m"
    elif month and day and not year:
        shape = "%m-%d"
    elif year and not month and not day:
        shape = "%Y"
    written = value.strftime(shape)
    if has_clock and isinstance(value, datetime):
        written += " " + _moment(value.time(), "")
    return written
