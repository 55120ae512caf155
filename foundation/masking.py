"""What a log may not hold: names and texts of people, tokens, passwords; taken out of any value."""

import re
from collections.abc import Mapping
from typing import Any, Final

# A fact whose name, or the last part of it, is one of these says something about a person.
_PERSONAL: Final = frozenset(
    {
        "address", "answer", "answers", "authorization", "body", "caption", "email", "key", "name",
        "password", "phone", "prompt", "query", "question", "questions", "quote", "reply", "secret",
        "text", "texts", "title", "token", "turns", "username", "words",
    }
)  # fmt: skip
_MASKS: Final = (
    (re.compile(r"\d+(?::|%3A)[\w-]{10,}", re.I | re.A), "[token]"),
    (re.compile(r"(?<=://)[^/\s@]+@"), "[secret]@"),
    (re.compile(r"\b(?:bearer\s+\S+|sk-[\w-]{8,})", re.I), "[secret]"),
    (re.compile(r"/(?:home|Users)/[^/\s:]+"), "~"),
)
# What is longer is prose, and prose is somebody's.
_LONGEST: Final = 300


def is_personal(name: str) -> bool:
    return name.casefold().rpartition("_")[2] in _PERSONAL


def masked(text: str) -> str:
    """A text without what looks like a token, a password or a person's folder, and not long."""
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def discreet(value: Any) -> Any:
    """A value that JSON can hold and a log may hold."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(k): discreet(v) for k, v in value.items() if not is_personal(str(k))}
    if isinstance(value, list | tuple | set | frozenset):
        return [discreet(item) for item in value]
    return masked(str(value))
