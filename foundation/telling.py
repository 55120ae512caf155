"""Errors in the reader's language: each is raised in English and told as its text says."""

import re
from functools import cache
from typing import Final

from foundation.wording import keys, say

_PLACE: Final = re.compile(r"\\{(\w+)\\}")


def told(sentence: str, language: str) -> str:
    """A sentence of an error in a language; as it is where we have no other words for it."""
    if language == "en":
        return sentence
    for key, form in _forms():
        found = form.fullmatch(sentence)
        if found:
            return say(key, language, **found.groupdict())
    return sentence


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The English of each error as a pattern, whatever stands in its places."""
    ours = [key for key in keys() if key.startswith("error.")]
    return tuple((key, re.compile(_form(say(key, "en")), re.DOTALL)) for key in ours)


def _form(text: str) -> str:
    return _PLACE.sub(lambda place: f"(?P<{place[1]}>.+?)", re.escape(text))
