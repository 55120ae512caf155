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
    return "\n".join(_line(line, language) for line in sentence.split("\n"))


def _line(line: str, language: str) -> str:
    for key, form in _forms():
        found = form.fullmatch(line)
        if found:
            # What stands in a place may be words of ours as well: a hint, the pages meant.
            places = {name: told(said, language) for name, said in found.groupdict().items()}
            return say(key, language, **places)
    return line


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The English of each error as a pattern, whatever stands in its places."""
    ours = [(key, say(key, "en")) for key in keys("error", "usage")]
    # Those that say most of their own first: “{path} is damaged.” fits much.
    ours.sort(key=lambda one: -len(_PLACE.sub("", re.escape(one[1]))))
    return tuple((key, re.compile(_form(text), re.DOTALL)) for key, text in ours)


def _form(text: str) -> str:
    return _PLACE.sub(lambda place: f"(?P<{place[1]}>.+?)", re.escape(text))
