"""Lines that belong together: wrapped at a fixed width, or cut in two by a page break."""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from knowledge.document import Span
from knowledge.source import Block, Role
from knowledge.structure.ladder import label_of, rung_of

_ENDED: Final = re.compile(r"[。！？!?；;：:.…][’”\"'）)\]］】」』]*(?:［\d+］|\[\d+\])?$")
_SENTENCE_END: Final = re.compile(r"[。！？；;!?]|[.](?:\s|$)")
_LABEL: Final = re.compile(
    r"(?:摘\s*要|关键词|关键字|Abstract|Key\s?words|联系.{1,6}|附\s*[件录注]|注|备注|说明|.{2,6})\s*[:：]"
)
_FRONT_MATTER: Final = re.compile(
    r"(?:摘\s*要|关键词|关键字|Abstract|ABSTRACT|Key\s?words)\s*[:：]"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]")
_WIDE_EDGE: Final = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…]")


def join(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with broken paragraphs made whole; spans reach from first to last piece."""
    widths = {latin: _usual_width(blocks, latin=latin) for latin in (True, False)}
    joined: list[Block] = []
    last_piece: Block | None = None
    for block in blocks:
        before = joined[-1] if joined else None
        if before and last_piece and _belongs(before, last_piece, block, widths):
            joined[-1] = _glued(before, block)
        else:
            joined.append(block)
        last_piece = block
    return joined


def _belongs(before: Block, last: Block, block: Block, widths: dict[bool, float]) -> bool:
    if block.role is not Role.TEXT or before.role not in (Role.TEXT, Role.ITEM, Role.NOTE):
        return False
    if last.wrapped and block.wrapped:
        return _wrapped_on(before, last, block, widths[not _HAN.search(last.text)])
    return _cut_by_page(before, block) or _soft_break(before, block)


def _wrapped_on(before: Block, last: Block, block: Block, width: float) -> bool:
    """Does this line go on where the last one, as wide as lines are here, left off?"""
    long, ended = width_of(last.text), bool(_ENDED.search(last.text))
    anew = bool(rung_of(block.text) or _is_label(block.text))
    if _is_title_line(before):
        near = long >= width - 6 and width_of(block.text) < width * 0.7
        return near and not anew and not _ENDED.search(block.text)
    if bool(_HAN.search(last.text)) != bool(_HAN.search(block.text)) and (
        ended or long < width / 2
    ):
        return False
    if anew and (ended or _FRONT_MATTER.match(block.text)):
        return False
    return long >= width - 4 if ended else long > width * 0.6


def _is_title_line(block: Block) -> bool:
    rung = rung_of(block.text)
    named = rung and rung.rest and rung.kind in {"1 ", "1.1", "1.1.1", "章", "节", "一、", "（一）"}
    return bool(named) and len(block.text) <= 60 and not re.search(r"[，。；;,]", block.text)


def _cut_by_page(before: Block, block: Block) -> bool:
    """The first half ends in mid-sentence and is no short line; the second ends the sentence."""
    text = before.text
    if _ENDED.search(text) or len(text) < 18 or label_of(text):
        return False
    if not re.search(r"[，；。,]", text) and len(text) < 45:
        return False
    apart = block.gap > 0 or before.page != block.page
    return apart and _goes_on(block.text)


def _goes_on(text: str) -> bool:
    starts_anew = rung_of(text) or label_of(text) or _is_label(text) or text[0] in "（(【"
    return not starts_anew and bool(_SENTENCE_END.search(text) or len(text) > 60)


def _soft_break(before: Block, block: Block) -> bool:
    """A Markdown paragraph goes on in the next line."""
    if block.gap or before.page != block.page or _ENDED.search(before.text):
        return False
    line = before.text.rsplit("\n", 1)[-1]
    return width_of(line) >= 60 and not rung_of(block.text) and not _is_label(block.text)


def _is_label(text: str) -> bool:
    found = _LABEL.match(text)
    return found is not None and not re.search(r"[，。；、“”《》]", found.group())


def _glued(first: Block, second: Block) -> Block:
    a, b = first.text, second.text
    if re.search(r"[A-Za-z]-$", a) and re.match(r"[a-z]", b):
        text = a[:-1] + b
    elif _WIDE_EDGE.match(a[-1]) or _WIDE_EDGE.match(b[0]):
        text = a + b
    else:
        text = f"{a} {b}"
    span = Span(first.span.start, second.span.end)
    return replace(first, text=text, span=span, marks=first.marks + second.marks)


def _usual_width(blocks: Sequence[Block], *, latin: bool) -> float:
    widths = [width_of(b.text) for b in blocks if b.wrapped and latin != bool(_HAN.search(b.text))]
    longer = sorted(widths)[len(widths) // 3 :]
    return median(longer) if longer else 80


def width_of(text: str) -> int:
    """How wide a line is, a Chinese character counting two."""
    return sum(2 if ord(letter) > 0x2E7F or letter in "“”‘’—…" else 1 for letter in text)
