"""What a language model is told: rules, the passages as data, and the form of its answer."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from knowledge.life import Status
from retrieval.evidence import Extract, Source

FILE: Final = Path(__file__).with_name("prompts.yaml")
_QUOTES: Final[dict[str, Any]] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"passage": {"type": "integer"}, "quote": {"type": "string"}},
        "required": ["passage", "quote"],
        "additionalProperties": False,
    },
}
_TEXTS: Final[dict[str, Any]] = {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Form:
    """The JSON object that is asked for: its name, its members, one that it must have."""

    name: str
    members: Mapping[str, Any]
    needed: str

    def as_schema(self) -> dict[str, Any]:
        return _object(self.members)


@dataclass(frozen=True, slots=True)
class Prompt:
    """Rules and material, and the form of the answer."""

    rules: str
    material: str
    form: Form


@cache
def _texts() -> dict[str, dict[str, str]]:
    import yaml

    texts: dict[str, dict[str, str]] = yaml.safe_load(FILE.read_text("utf-8"))
    return texts


def told(key: str, language: str) -> str:
    return _texts()[key][language].strip()


def _object(members: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(members),
        "required": list(members),
        "additionalProperties": False,
    }


ANSWER: Final = Form(
    "answer",
    {
        "can_answer": {"type": "boolean"},
        "sentences": {
            "type": "array",
            "items": _object({"text": {"type": "string"}, "quotes": _QUOTES}),
        },
    },
    "sentences",
)
QUESTION: Final = Form("question", {"question": {"type": "string"}}, "question")
CARDS: Final = Form(
    "cards",
    {"cards": {"type": "array", "items": _object({"quotes": _TEXTS, "zh": _TEXTS, "en": _TEXTS})}},
    "cards",
)


def answer_prompt(question: str, extracts: Sequence[Extract], language: str) -> Prompt:
    """A question with the passages that may answer it."""
    parts = [_extract(extract, language) for extract in extracts]
    material = "\n".join(
        ["<passages>", *parts, "</passages>", f"<question>{as_data(question)}</question>"]
    )
    return Prompt(told("answer", language), material, ANSWER)


def rewrite_prompt(turns: Sequence[str], language: str) -> Prompt:
    """The turns of a conversation, the last of which is to be made whole."""
    parts = [f'<turn number="{n}">{as_data(turn)}</turn>' for n, turn in enumerate(turns, 1)]
    material = "\n".join(["<conversation>", *parts, "</conversation>"])
    return Prompt(told("rewrite", language), material, QUESTION)


def cards_prompt(title: str, path: Sequence[str], passages: Sequence[str], language: str) -> Prompt:
    """A section for which questions are to be drafted."""
    parts = [
        f'<passage number="{n}">{as_data(text)}</passage>' for n, text in enumerate(passages, 1)
    ]
    opening = f'<section document="{_attribute(title)}" path="{_attribute(" > ".join(path))}">'
    material = "\n".join([opening, *parts, "</section>"])
    return Prompt(told("cards", language), material, CARDS)


def as_data(text: str) -> str:
    """A text in which nothing can pass for a tag, a mark or the sign of a role.

    Quotes are compared by their letters alone, so these other brackets do not spoil them.
    """
    kept = "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else "" for c in text)
    return kept.translate(_BRACKETS)


_BRACKETS: Final = str.maketrans({"<": "‹", ">": "›", "[": "［", "]": "］", "`": "'"})


def _attribute(text: str) -> str:
    return " ".join(as_data(text).replace('"', "”").replace("&", "＆").split())


def _extract(extract: Extract, language: str) -> str:
    facts = {
        "document": extract.title,
        "section": " > ".join(extract.section),
        "published": _day(extract.published_on),
        "until": _day(extract.valid_until),
        "status": _status(extract.status, language),
    }
    opening = " ".join(f'{name}="{_attribute(fact)}"' for name, fact in facts.items() if fact)
    return "\n".join([f"<section {opening}>", *map(_source, extract.sources), "</section>"])


def _source(source: Source) -> str:
    facts = {"table": source.table, "columns": " | ".join(source.header)}
    shown = "".join(f' {name}="{_attribute(fact)}"' for name, fact in facts.items() if fact)
    return f'<passage number="{source.number}"{shown}>{as_data(source.text)}</passage>'


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _status(status: Status, language: str) -> str:
    return told(f"status.{status.name.casefold()}", language)
