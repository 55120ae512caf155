"""Escapes: a backslash keeps a line, or `::` in an option, from being taken for markup."""

import re
from typing import Final

_ESCAPED: Final = re.compile(r"\\(?=\\*[#>\-])")
_IN_CARD: Final = re.compile(r"\\*#|\\+[>\-]")
_IN_ITEM: Final = re.compile(r"\\*[#>\-]")
_SEPARATOR: Final = re.compile(r"(?:^|[ \n])::(?=[ \n]|$)")
_SEPARATOR_LIKE: Final = re.compile(r"(?:(?<=[ \n])|^)(?=\\*::(?:[ \n]|$))")
_SEPARATOR_ESCAPED: Final = re.compile(r"(?:(?<=[ \n])|^)\\(?=\\*::(?:[ \n]|$))")


def unescaped(line: str) -> str:
    """A line as it is meant."""
    return line[1:] if _ESCAPED.match(line) else line


def escaped(text: str, *, in_item: bool) -> str:
    """A text whose lines cannot be taken for headings, options or explanations."""
    likeness = _IN_ITEM if in_item else _IN_CARD
    return "\n".join("\\" + ln if likeness.match(ln) else ln for ln in text.split("\n"))


def text_and_feedback(written: str) -> tuple[str, str]:
    """Both sides of the first ` :: `; without one there is no feedback."""
    found = _SEPARATOR.search(written)
    text = written[: found.start()] if found else written
    feedback = written[found.end() :] if found else ""
    return _SEPARATOR_ESCAPED.sub("", text).strip(), feedback.strip()


def with_feedback(text: str, feedback: str) -> str:
    """An option as it is written; without feedback there is no ` :: `."""
    safe = _SEPARATOR_LIKE.sub(r"\\", text)
    return f"{safe} :: {feedback}" if feedback else safe
