"""How text is written: how wide it is, and in which script."""

import re
from typing import Final

_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]")

_WIDE: Final = re.compile(r"[\u2e80-\U0010ffff“”‘’—…]+")


def width_of(text: str) -> int:
    """How wide a line is, a Chinese character counting two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(len, _WIDE.findall(text)))


def has_han(text: str) -> bool:
    """Is there a Chinese character in it?"""
    return bool(_HAN.search(text))


def bare(text: str) -> str:
    """A text without white space, to compare titles by."""
    return re.sub(r"\s+", "", text)
