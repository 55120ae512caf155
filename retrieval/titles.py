"""Which document a question names by its title, in full or without 中华人民共和国."""

import re
from functools import lru_cache
from typing import Final

from retrieval.library import Library

_STATE: Final = "中华人民共和国"
_SHORTEST: Final = 3
_BRACKETS: Final = re.compile(r"[《》〈〉“”\"\s]|[(（]\d[^()（）]*[)）]$")


def title_of(version: str, library: Library) -> str:
    """A document's title, folded, as people say it."""
    return _plain(library.names(version).partition("\n")[0])


@lru_cache(maxsize=20_000)
def _plain(title: str) -> str:
    return _BRACKETS.sub("", title).removeprefix(_STATE)


def named_version(folded: str, library: Library) -> str | None:
    """The document whose title stands in a question; the longest title, then the newest."""
    asked = _BRACKETS.sub("", folded)
    found = [
        (len(title), str(library.record(version).published_on or ""), version)
        for version in library.records
        if len(title := title_of(version, library)) >= _SHORTEST and title in asked
    ]
    return max(found)[2] if found else None
