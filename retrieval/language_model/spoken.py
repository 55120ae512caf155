"""Finding the JSON object in what a model says: bare, fenced, among prose, or still growing."""

import json
import re
from typing import Any, Final

_THOUGHT: Final = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|$)", re.S | re.I)
_FENCED: Final = re.compile(r"```[a-zA-Z]*\s*\n?(.*?)```", re.S)
_TRAILING_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_MOST_TRIED: Final = 40


def object_in(text: str, needed: str) -> dict[str, Any] | None:
    """The first object in a text that has the member it needs."""
    said = _THOUGHT.sub(" ", text)
    for part in (*(match[1] for match in _FENCED.finditer(said)), said):
        found = _object_of(part, needed)
        if found is not None:
            return found
    return None


def _object_of(text: str, needed: str) -> dict[str, Any] | None:
    at = text.find("{")
    for _ in range(_MOST_TRIED):
        if at < 0:
            return None
        found = _decoded(text[at:])
        if found is not None and needed in found:
            return found
        at = text.find("{", at + 1)
    return None


def _decoded(text: str) -> dict[str, Any] | None:
    decoder = json.JSONDecoder(strict=False)
    for candidate in (text, _TRAILING_COMMA.sub("", text)):
        try:
            value, _ = decoder.raw_decode(candidate)
        except (ValueError, RecursionError):
            continue
        return value if isinstance(value, dict) else None
    return None


class Growing:
    """An object that is still being said: gives what is finished of it, whenever there is more."""

    def __init__(self) -> None:
        self._text = ""
        self._read = 0
        self._open: list[str] = []
        self._in_string = False
        self._is_escaped = False

    def hear(self, more: str) -> dict[str, Any] | None:
        """The object with its finished members, when this piece finished one; else None."""
        self._text += more
        finished_at = -1
        for at in range(self._read, len(self._text)):
            if self._step(self._text[at]) and self._open == ["{", "["]:
                finished_at = at
        self._read = len(self._text)
        if finished_at < 0:
            return None
        start = self._text.find("{")
        return _decoded(self._text[start : finished_at + 1] + "]}")

    def _step(self, character: str) -> bool:
        """Take note of a character; True when it closes an object."""
        if self._in_string:
            self._in_string = self._is_escaped or character != '"'
            self._is_escaped = character == "\\" and not self._is_escaped
            return False
        if character == '"' and self._open:
            self._in_string = True
        elif character == "{" or (character == "[" and self._open):
            self._open.append(character)
        elif character in "}]" and self._open:
            return self._open.pop() == "{"
        return False
