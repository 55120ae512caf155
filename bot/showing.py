"""How an answer reads in plain text: what is said, then each source with the words quoted."""

from collections.abc import Sequence
from typing import Final

from foundation.wording import say
from retrieval.answer import Answer, Citation, FoundPassage
from retrieval.library import Library

_LEVELS_SHOWN: Final = 3


def as_text(answer: Answer) -> str:
    """The answer with its notes, its sources, and the nearest places when there is none."""
    parts = [answer.text]
    parts += [f"※ {note}" for note in answer.notes]
    if answer.nearest and not answer.answered:
        parts.append(say("answer.nearest", answer.language))
        parts += [f"  · {place(n.title, n.section, None)}" for n in answer.nearest]
    if answer.citations:
        parts.append("")
        parts += [source(citation) for citation in answer.citations]
    return "\n".join(parts)


def source(citation: Citation) -> str:
    where = place(citation.title, citation.section, citation.page)
    return f"[{citation.mark}] {where}\n    “{shortened(citation.quote)}”"


def place(title: str, section: Sequence[str], page: int | None) -> str:
    if section and _bare(section[0]) == _bare(title):
        section = section[1:]
    path = " › ".join(_short_path(section))
    written = f"{title} › {path}" if path else title
    return f"{written}, p. {page}" if page is not None else written


def _bare(words: str) -> str:
    """Without the spaces at which a heading was broken into lines."""
    return "".join(words.split())


def _short_path(section: Sequence[str]) -> Sequence[str]:
    """A deep path by its ends: the chapter, and the two levels nearest to the words."""
    if len(section) <= _LEVELS_SHOWN:
        return section
    return (section[0], "…", *section[-2:])


def shortened(text: str, longest: int = 120) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def hits_as_text(hits: Sequence[FoundPassage], language: str) -> str:
    if not hits:
        return say("search.nothing", language)
    return "\n".join(
        f"{n:>2}. {place(hit.title, hit.section, hit.page)}\n    {shortened(hit.text)}"
        for n, hit in enumerate(hits, 1)
    )


def passage_as_text(citation: Citation, library: Library) -> str:
    """A passage whole, with the one before and after it in its section."""
    reading = library.reading(citation.version)
    section = reading.passages[citation.passage].section
    beside = [
        n
        for n in range(citation.passage - 1, citation.passage + 2)
        if 0 <= n < len(reading.passages) and reading.passages[n].section == section
    ]
    lines = [place(citation.title, citation.section, citation.page)]
    for number in beside:
        mark = "▶" if number == citation.passage else " "
        lines.append(f"{mark} {reading.passages[number].text}")
    return "\n".join(lines)
