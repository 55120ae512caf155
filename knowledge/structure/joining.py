"""Lines that belong together: wrapped at a fixed width, or cut in two by a page break."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from knowledge.document import Span
from knowledge.source import Block, Role
from knowledge.structure.ladder import label_of, rung_of
from knowledge.structure.wrapping import ENDED, Widths, is_label, wrapped_on
from knowledge.structure.writing import has_han, width_of

_SENTENCE_END: Final = re.compile(r"[。！？；;!?]|[.](?:\s|$)")
_WIDE_EDGE: Final = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…]")
_GREETING: Final = re.compile(r"(?:各位|尊敬的|亲爱的|Dear)")
_BRACKETS: Final = (("《", "》"), ("（", "）"), ("“", "”"), ("〈", "〉"))
_DATED: Final = re.compile(r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日")
# A remark in brackets ends what it stands behind: (2011年1月8日删除).
_REMARKED: Final = re.compile(r"(?:删除|施行|公布|通过|修正|修订|批准|废止)\s?[)）]$")
_HARDLY_A_LINE: Final = 48
_LOOKED_BACK: Final = 300
_LONGEST: Final = 20_000


def join(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with broken paragraphs made whole; spans reach from first to last piece."""
    widths = Widths(blocks)
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


def _belongs(before: Block, last: Block, block: Block, widths: Widths) -> bool:
    if block.role is not Role.TEXT or before.role not in (Role.TEXT, Role.ITEM, Role.NOTE):
        return False
    if len(before.text) > _LONGEST:
        return False
    if last.wrapped and block.wrapped:
        return wrapped_on(before, last, block, widths)
    return _cut_by_page(before, block) or _goes_on_below(before, last, block, widths)


def _cut_by_page(before: Block, block: Block) -> bool:
    """The first half ends in mid-sentence and is no short line; the second ends the sentence."""
    text = before.text[-_LOOKED_BACK:]
    if ENDED.search(text) or len(text) < 18 or label_of(before.text) or _REMARKED.search(text):
        return False
    if _DATED.match(before.text) and _DATED.match(block.text):
        return False
    if not has_han(text) and not block.text[0].islower():
        return False
    if not re.search(r"[，；。,]", text) and len(text) < 45:
        return False
    apart = block.gap > 0 or before.page != block.page
    return (apart or width_of(text) >= _HARDLY_A_LINE) and _goes_on(block.text)


def _goes_on(text: str) -> bool:
    if _starts_anew(text) or text[0] in "（(【":
        return False
    return bool(_SENTENCE_END.search(text) or len(text) > 60)


def _goes_on_below(before: Block, last: Block, block: Block, widths: Widths) -> bool:
    """The very next line, when this one stops where it cannot stop."""
    if block.gap or before.page != block.page or _starts_anew(block.text):
        return False
    if has_han(last.text) or has_han(block.text):
        end = before.text[-_LOOKED_BACK:]
        return _open_in_chinese(end, block.text) or widths.is_full(last.text)
    return widths.is_soft(last.text, block.text)


def _open_in_chinese(text: str, following: str) -> bool:
    if any(text.count(a) > text.count(b) and b in following for a, b in _BRACKETS):
        return True
    return text[-1] in "，、" and not _GREETING.match(text)


def _starts_anew(text: str) -> bool:
    return bool(rung_of(text) or label_of(text) or is_label(text))


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
