"""Saying that the documents do not say: what is missing, and which sections come nearest."""

from collections.abc import Sequence
from typing import Final

from foundation.wording import say
from retrieval.answer import Answer, Nearest, Verdict
from retrieval.library import Library
from retrieval.question import Question
from retrieval.ranking import Ranked

_NEAREST: Final = 3


def refused(
    question: Question, lacking: tuple[str, ...], ranked: Sequence[Ranked], library: Library
) -> Answer:
    """An honest no; it is a gap, for administrators to see."""
    language = question.language
    if lacking:
        text = say(
            "answer.not_found.missing",
            language,
            missing=("、" if language == "zh" else ", ").join(lacking),
        )
    else:
        text = say("answer.not_found", language)
    nearest = _nearest(ranked, library)
    return Answer(text, Verdict.NOT_FOUND, language, missing=lacking, nearest=nearest, is_gap=True)


def _nearest(ranked: Sequence[Ranked], library: Library) -> tuple[Nearest, ...]:
    """The sections that come nearest, each once."""
    found: dict[tuple[str, int], Nearest] = {}
    for one in ranked:
        version, number = one.hit.version, one.hit.number
        record, reading = library.record(version), library.reading(version)
        section = reading.passages[number].section
        near = Nearest(record.id, record.title, reading.path(section), version, number)
        found.setdefault((version, section), near)
    return tuple(found.values())[:_NEAREST]
