"""HTML of messages read as the Bot API reads it: the bare text and entities in UTF-16 units."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.telegram_server.specification import Refusal, bad

MOST_ENTITIES: Final = 100
_KINDS: Final = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-spoiler": "spoiler",
    "a": "text_link", "span": "spoiler", "tg-emoji": "custom_emoji",
}  # fmt: skip
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY: Final = re.compile(r"&(?:#(\d+)|#x([0-9a-fA-F]+)|(lt|gt|amp|quot));?")
_ATTRIBUTE: Final = re.compile(
    r"""\s+(?P<name>[a-zA-Z][\w:.-]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[\w.-]+)))?"""
)
_TAG: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")


def units(text: str) -> int:
    """UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class _Open:
    tag: str
    offset: int
    attributes: Mapping[str, str]


@dataclass
class _Reading:
    html: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def run(self) -> None:
        while self.at < len(self.html):
            sign = self.html[self.at]
            if sign == "<":
                self._tag()
            elif sign == "&":
                self._entity()
            else:
                self._say(sign, 1)
        if self.open:
            tag = self.open[-1].tag
            raise _cannot(f'can\'t find end tag corresponding to start tag "{tag}"')

    def _say(self, words: str, taken: int) -> None:
        self.text.append(words)
        self.length += units(words)
        self.at += taken

    def _entity(self) -> None:
        found = _ENTITY.match(self.html, self.at)
        if found is None:
            self._say("&", 1)
            return
        number = int(found[1]) if found[1] else int(found[2], 16) if found[2] else 0
        self._say(chr(number) if number else _NAMED[found[3]], len(found[0]))

    def _byte(self) -> int:
        return len(self.html[: self.at].encode())

    def _tag(self) -> None:
        if self.html.startswith("</", self.at):
            self._end()
            return
        begin = self._byte()
        found = _TAG.match(self.html, self.at + 1)
        if found is None:
            raise _cannot(f'Unsupported start tag "" at byte offset {begin}')
        tag = found[0].lower()
        if tag not in _KINDS:
            raise _cannot(f'Unsupported start tag "{tag}" at byte offset {begin}')
        attributes, end = self._attributes(found.end(), begin)
        self._nests(tag, begin)
        self.open.append(_Open(tag, self.length, attributes))
        self.at = end

    def _attributes(self, at: int, begin: int) -> tuple[dict[str, str], int]:
        attributes = {}
        while found := _ATTRIBUTE.match(self.html, at):
            value = found["double"] or found["single"] or found["bare"] or ""
            attributes[found["name"].lower()] = _plain(value)
            at = found.end()
        rest = self.html[at:].lstrip()
        if not rest.startswith(">"):
            raise _cannot(f"Unclosed start tag at byte offset {begin}")
        return attributes, self.html.index(">", at) + 1

    def _nests(self, tag: str, begin: int) -> None:
        kinds = [_KINDS[o.tag] for o in self.open]
        inside_pre = tag == "code" and kinds == ["pre"]
        if {"code", "pre"} & set(kinds) and not inside_pre:
            raise _cannot(f'Entity "{tag}" can\'t be inside code at byte offset {begin}')
        if tag == "blockquote" and "blockquote" in kinds:
            raise _cannot(f"Blockquotes can't be nested at byte offset {begin}")

    def _end(self) -> None:
        begin = self._byte()
        end = self.html.find(">", self.at)
        if end < 0:
            raise _cannot(f"Unclosed end tag at byte offset {begin}")
        tag = self.html[self.at + 2 : end].strip().lower()
        if not self.open:
            raise _cannot(f"Unexpected end tag at byte offset {begin}")
        opened = self.open.pop()
        if tag and tag != opened.tag:
            expected = f'expected "</{opened.tag}>", found "</{tag}>"'
            raise _cannot(f"Unmatched end tag at byte offset {begin}, {expected}")
        self.at = end + 1
        self._keep(opened)

    def _keep(self, opened: _Open) -> None:
        length = self.length - opened.offset
        if length:
            entity = {"type": _KINDS[opened.tag], "offset": opened.offset, "length": length}
            if opened.tag == "a":
                entity["url"] = opened.attributes.get("href", "")
            if "expandable" in opened.attributes:
                entity["type"] = "expandable_blockquote"
            self.entities.append(entity)


def _cannot(why: str) -> Refusal:
    return bad(f"can't parse entities: {why}")


def _plain(value: str) -> str:
    for name, sign in _NAMED.items():
        value = value.replace(f"&{name};", sign)
    return value


def read_html(html: str) -> tuple[str, list[dict[str, Any]]]:
    """The text without its tags, trimmed as Telegram trims, and the entities in order."""
    reading = _Reading(html)
    reading.run()
    whole = "".join(reading.text)
    cut = units(whole) - units(whole.lstrip())
    text = whole.strip()
    kept = []
    for entity in sorted(reading.entities, key=lambda e: (e["offset"], -e["length"])):
        start = max(0, entity["offset"] - cut)
        end = min(entity["offset"] + entity["length"] - cut, units(text))
        if end > start and not (entity["type"] == "text_link" and not entity["url"]):
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept[:MOST_ENTITIES]


def read_text(raw: str, parse_mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    if parse_mode is None:
        return raw.strip(), []
    if parse_mode.casefold() != "html":
        raise bad("unsupported parse_mode")
    return read_html(raw)
