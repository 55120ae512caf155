"""A chat as people see it, written so that it reads like a conversation."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tests.telegram_server.markup import read_text, units
from tests.telegram_server.world import Took

_INDENT: Final = "    "
_INLINE: Final = {"bold": "**", "italic": "_", "code": "`", "underline": "__"}
# Where a quotation begins, where it ends; a folded one opens when it is tapped.
_QUOTES: Final = {"blockquote": "\x01", "expandable_blockquote": "\x02"}
_END: Final = "\x03"
_EDGES: Final = {"\x01": "│ ", "\x02": "┆ "}
_LONGEST: Final = 200
_SIZES: Final = ((1_000, "under 1 kB"), (10_000, "1 to 10 kB"), (100_000, "10 to 100 kB"),
                 (1_000_000, "100 kB to 1 MB"))  # fmt: skip
# What is different every time: codes of certificates and cohorts, and names made of chance.
_CODE: Final = "[2-9A-HJ-NP-Z]"
_MASKS: Final = (
    (rf"\b{_CODE}{{12}}\b", "‹code of certificate›"),
    (rf"(加入码 (?:\*\*)?|/join ){_CODE}{{6}}\b", r"\1‹code›"),
    (r"(?<=Z-)[0-9a-f]{12}(?=\.zip)", "‹person›"),
)


@dataclass
class Transcript:
    """Lines of a journey; messages bear the numbers that Telegram gave them, counted from 1."""

    names: dict[int, str]
    blocks: list[str] = field(default_factory=list)

    def chapter(self, words: str) -> None:
        self.blocks.append(f"──── {words} ────")

    def direction(self, words: str) -> None:
        """What happens beside the words, in brackets."""
        self.blocks.append(f"({words})")

    def says(self, number: int, who: int, words: str, where: int | None = None) -> None:
        head = f"{number}  {self.names[who]}" + self._place(where, who)
        if len(words) > _LONGEST:
            words = f"{words[:_LONGEST]}… ({len(words)} characters)"
        self.blocks.append("\n".join([head, *indented(words.split("\n"))]))

    def took(self, took: Took, actor: int) -> None:
        """What a call of the bot put before people's eyes; `actor` is whose chat we look at."""
        values, chat = took.values, took.chat
        if took.method == "sendChatAction":
            self.direction("typing…")
        elif took.method == "answerCallbackQuery":
            if values.get("text"):
                self.direction(f"in passing: {values['text']}")
        elif took.method == "deleteMessage":
            self.direction(f"message {values['message_id'] - 1000} is deleted")
        elif took.method == "editMessageReplyMarkup":
            self.direction(f"the buttons below message {values['message_id'] - 1000} go")
        elif took.method.startswith("edit"):
            self.direction(f"message {values['message_id'] - 1000} becomes")
            self.blocks[-1] += "\n" + "\n".join(indented(_body(values)))
        elif took.method.startswith("send"):
            head = f"{took.result['message_id'] - 1000}  LibCoach" + self._place(chat, actor)
            self.blocks.append("\n".join([head, *indented(_body(values, took.result))]))

    def _place(self, where: int | None, who: int) -> str:
        return "" if where in (None, who) else f" → {self.names[where or 0]}"

    def text(self) -> str:
        whole = "\n\n".join(self.blocks) + "\n"
        for pattern, word in _MASKS:
            whole = re.sub(pattern, word, whole)
        return "".join(c if c.isprintable() or c in "\n\u3000" else ascii(c)[1:-1] for c in whole)


def indented(lines: Sequence[str]) -> list[str]:
    return [(_INDENT + line).rstrip() for line in lines]


def _body(values: Mapping[str, Any], result: Mapping[str, Any] | None = None) -> list[str]:
    """A message from top to bottom: a file or picture, words, buttons."""
    media = values.get("media") or {}
    key = "caption" if values.get("caption") or media.get("caption") else "text"
    written = media if media else values
    lines = []
    if result and "document" in result:
        document = result["document"]
        lines.append(f"⟨file {document['file_name']}, {size_class(document['file_size'])}⟩")
    elif media or (result and "photo" in result):
        lines.append("⟨picture⟩")
    words, entities = read_text(written.get(key) or "", written.get("parse_mode"))
    lines += as_lines(words, entities) if words else []
    rows = (values.get("reply_markup") or {}).get("inline_keyboard", [])
    return lines + [" ".join(f"[{button['text']}]" for button in row) for row in rows]


def size_class(size: int) -> str:
    return next((words for most, words in _SIZES if size < most), "over 1 MB")


def as_lines(text: str, entities: Sequence[Mapping[str, Any]]) -> list[str]:
    """Words with their markup shown by plain signs."""
    signs = [part for c in text for part in (c, *[""] * (units(c) - 1))]
    opening: defaultdict[int, str] = defaultdict(str)
    closing: defaultdict[int, str] = defaultdict(str)
    for entity in entities:
        begin, end = _trimmed(signs, entity["offset"], entity["offset"] + entity["length"])
        mark = _INLINE.get(entity["type"]) or _QUOTES.get(entity["type"], "")
        if entity["type"] == "text_link":
            opening[begin] += "["
            closing[end] = f"]({entity['url']})" + closing[end]
            continue
        opening[begin] += mark
        closing[end] = (_END if entity["type"] in _QUOTES else mark) + closing[end]
    whole = "".join(
        closing[at] + opening[at] + (signs[at] if at < len(signs) else "")
        for at in range(len(signs) + 1)
    )
    return list(_edged(whole))


def _trimmed(signs: Sequence[str], begin: int, end: int) -> tuple[int, int]:
    while begin < end and not signs[end - 1].strip():
        end -= 1
    while begin < end and not signs[begin].strip():
        begin += 1
    return begin, end


def _edged(whole: str) -> list[str]:
    """Quotations as blocks of their own, with an edge; the mark of a folded one is dotted."""
    whole = re.sub(r"(?<=[^\n])([\x01\x02])", r"\n\1", whole)
    whole = re.sub(r"\x03\n?", "\x03\n", whole).removesuffix("\n")
    edge, lines = "", []
    for line in whole.split("\n"):
        edge = _EDGES.get(line[:1], edge)
        lines.append(edge + line.strip("\x01\x02\x03"))
        if line.endswith(_END):
            edge = ""
    return lines
