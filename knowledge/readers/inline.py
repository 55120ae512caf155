"""Marks inside a line (bold, links, tags, footnote marks) taken off, each reported by its rule."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

from knowledge.document import Drop, Span

_MARK: Final = re.compile(
    r"(?P<note><sup>\s*(?P<numbers>[\d,，、*†\s]+)</sup>)"
    r"|(?P<image>!\[(?P<alt>[^\]\n]*)\]\((?P<source>[^)\s]*)[^)\n]*\))"
    r"|(?P<link>\[(?P<label>[^\]\n]+)\]\((?P<target>[^)\n]*)\))"
    r"|(?P<break><br\s*/?>)"
    r"|(?P<comment><!--.*?-->)"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9]{0,11}(?:\s[^<>\n]*)?/?>)"
    r"|(?P<bold>\*\*|__(?=\S)|(?<=\S)__)"
    r"|(?P<code>`+)"
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()#+.!|>-]))"
)
_UNIT_BEFORE: Final = re.compile(r"(?:^|[^A-Za-z])(?:[kcdm]?m|s)$")


@dataclass(frozen=True, slots=True)
class Clean:
    """A line without its marks; `marks` are the footnote numbers it carried."""

    text: str
    marks: tuple[str, ...]
    drops: tuple[Drop, ...]


def clean(raw: str, offset: int = 0) -> Clean:
    """Take the marks off a line that begins at `offset` of its text."""
    if not any(sign in raw for sign in "<*[_`\\&"):
        return Clean(_tidy(raw), (), ())
    parts: list[str] = []
    marks: list[str] = []
    drops: list[Drop] = []
    at = 0
    for found in _MARK.finditer(raw):
        parts.append(raw[at : found.start()])
        at = found.end()
        kept, rule = _one(found, "".join(parts)[-4:], marks)
        parts.append(kept)
        if rule:
            drops += _dropped(found, rule, offset)
    parts.append(raw[at:])
    return Clean(_tidy(unescape("".join(parts))), tuple(marks), tuple(drops))


def _one(found: re.Match[str], before: str, marks: list[str]) -> tuple[str, str]:
    """What stays of a mark, and the rule by which the rest goes."""
    if found["note"]:
        if _UNIT_BEFORE.search(before) and found["numbers"].strip() in {"2", "3"}:
            return {"2": "²", "3": "³"}[found["numbers"].strip()], "footnote mark"
        marks += re.findall(r"\d+|[*†]+", found["numbers"])
        return "", "footnote mark"
    if found["link"]:
        return found["label"], "link target"
    if found["image"]:
        return found["alt"], "link target"
    if found["break"]:
        return " ", "tag"
    if found["tag"] or found["comment"]:
        return "", "tag"
    return "", ""


def _dropped(found: re.Match[str], rule: str, offset: int) -> list[Drop]:
    group = {"link": "target", "image": "source"}.get(found.lastgroup or "")
    for name, inner in (("link", "target"), ("image", "source")):
        if found[name]:
            group = inner
    start, end = found.span(group) if group else found.span()
    return [Drop(rule, Span(offset + start, offset + end))]


_HAN: Final = r"\u3400-\u9fff\U00020000-\U0002ffff"
_WIDE: Final = rf"[{_HAN}\u3000-\u303f\uff00-\uffef“”‘’—…]"
_GAPS: Final = (
    (re.compile(r"[\t\u00a0\u2000-\u200b\u3000 ]+"), " "),
    (re.compile(rf"(?<={_WIDE}) (?=[\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f\uff09”’》】])"), ""),
    (re.compile(r"(?<=[(（]) +(?=\S)|(?<=\S) +(?=[)）])"), ""),
    # Letter-spaced words: 目 的 地, but not two names side by side.
    (
        re.compile(
            rf"(?<=[{_HAN}]) (?=[{_HAN}] [{_HAN}](?: |$))"
            rf"|(?<=[{_HAN}] [{_HAN}]) (?=[{_HAN}](?: |$))"
        ),
        "",
    ),
)  # fmt: skip


def _tidy(text: str) -> str:
    for pattern, instead in _GAPS:
        if " " in text or "\u3000" in text or "\t" in text or "\u00a0" in text:
            text = pattern.sub(instead, text)
    return text.strip()
