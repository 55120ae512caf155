"""What a language model answered, as values; whatever has another form is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_LONGEST: Final = 600
_MOST_SENTENCES: Final = 60
_MOST_QUOTES: Final = 8


@dataclass(frozen=True, slots=True)
class ModelQuote:
    """The number of a passage, and the words that are said to stand in it."""

    passage: int
    text: str


@dataclass(frozen=True, slots=True)
class ModelSentence:
    """One sentence, and what it is said to rest on."""

    text: str
    quotes: tuple[ModelQuote, ...]


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """Sentences not yet held against the passages."""

    sentences: tuple[ModelSentence, ...]
    can_answer: bool = True


def answer_from(spoken: Mapping[str, Any]) -> ModelAnswer:
    """The answer in an object of the form that was asked for."""
    found = spoken.get("sentences")
    sentences = [_sentence(entry) for entry in _list(found)[:_MOST_SENTENCES]]
    return ModelAnswer(
        tuple(s for s in sentences if s is not None), spoken.get("can_answer") is not False
    )


def _sentence(entry: object) -> ModelSentence | None:
    if not isinstance(entry, Mapping):
        return None
    text = entry.get("text")
    # A sentence that runs on for pages is none, and what follows its middle was not meant.
    if not isinstance(text, str) or not text.strip() or len(text) > _LONGEST:
        return None
    quotes = [_quote(quote) for quote in _list(entry.get("quotes"))[:_MOST_QUOTES]]
    return ModelSentence(text, tuple(q for q in quotes if q is not None))


def _quote(entry: object) -> ModelQuote | None:
    if not isinstance(entry, Mapping):
        return None
    number, text = entry.get("passage"), entry.get("quote")
    if isinstance(number, str) and number.strip().isdecimal():
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool) or not isinstance(text, str):
        return None
    return ModelQuote(number, text)


def _list(entry: object) -> list[Any]:
    return entry if isinstance(entry, list) else []
